import type { ComfyEntry } from '../../../../contract/comfyvn-translation.ts';
import type { MemoryRow } from '../../database/translation-tables.ts';

/** A path with a query; empty and undefined values are left out. */
export function link(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) params.set(name, value);
  return params.size ? `${path}?${params.toString()}` : path;
}

const timeOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

export const metaOf = ({ meta }: Pick<MemoryRow, 'meta'>) =>
  JSON.parse(meta ?? '{}') as Record<string, unknown>;

/** A memory entry as ComfyVN's routes show it. */
export function entryView(
  row: MemoryRow,
  more: { status?: string; meta?: Record<string, unknown> | undefined; sourceLang?: string; origin?: string },
): ComfyEntry {
  const { id, language: lang, source, target, version, hits, confidence, reviewer } = row;
  const key = row.key ?? source;
  const origin = more.origin ?? row.origin;
  const { status, meta, sourceLang } = more;
  return {
    id,
    key,
    lang,
    origin,
    source: origin,
    source_text: source,
    target,
    src: source,
    tgt: target,
    confidence,
    reviewed: row.state === 'reviewed',
    version,
    created_at: timeOf(row.created_at),
    updated_at: timeOf(row.updated_at),
    hits,
    reviewed_at: timeOf(row.reviewed_at),
    reviewed_by: reviewer,
    ...(status === undefined ? {} : { status }),
    ...(sourceLang === undefined ? {} : { source_lang: sourceLang, fallback: source }),
    ...(meta === undefined ? {} : { meta }),
    links: {
      review: link('/api/translate/review', { lang, key }),
      export_json: link('/api/translate/export/json', { lang, key }),
      export_po: link('/api/translate/export/po', { lang, key }),
    },
  };
}
