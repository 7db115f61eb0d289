import type { ComfyBatchItem, ComfyEntry } from '../../../../contract/comfyvn-translation.ts';
import type { OperationOutput, ParsedInput } from '../../../../contract/operations/table.ts';
import { projectFile, type ProjectFile } from '../../../../contract/translation.ts';
import type { MemoryRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import { memoryLanguage } from '../units/memory-language.ts';
import { pairOf } from '../units/text-pair.ts';
import { entryView, link, metaOf } from './entry-view.ts';
import { entryId, type MemoryEntries } from './memory-entries.ts';
import { poText } from './po-text.ts';
import type { TextTranslator } from './translate-texts.ts';

export interface ComfyvnParts {
  entries: MemoryEntries;
  translator: TextTranslator;
  now(): number;
  /** Applies a person's decision on an entry to its unit in a project. */
  updateUnit(project: string, unit: string, change: { target: string; reviewed: boolean }): Promise<void>;
}

interface Item {
  key: string;
  source: string;
  meta: Record<string, unknown>;
}

/** Identifies an item; in a batch, two texts can have the same key. */
const idOf = ({ key, source }: Pick<Item, 'key' | 'source'>) => `${key}\u0000${source}`;

const extraMeta = ['asset', 'component', 'context', 'scope', 'domain', 'scene', 'hooks'];
/** ComfyVN gives placeholder texts a confidence of 0.35; a checked machine translation gets more. */
const confidenceOf = (problems: number) => (problems === 0 ? 0.8 : 0.5);
const maxEntries = 10_000;

const isTrue = (value: unknown) =>
  value === true || ['true', '1', 'yes', 'on'].includes(String(value).toLowerCase());

function itemOf(item: ComfyBatchItem, shared: Record<string, unknown>): Item {
  if (typeof item === 'string') {
    const text = item.trim();
    if (text === '') throw new AppError('invalid_request', 'batch items cannot be empty strings');
    return { key: text, source: text, meta: shared };
  }
  const source = item.source || item.text || item.default || item.fallback || item.value || undefined;
  const key = (item.key || item.id || item.uid || item.src || item.name || source || '').trim();
  if (key === '') throw new AppError('invalid_request', "batch items require a 'key' field");
  const own = item as Record<string, unknown>;
  const extras = extraMeta.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]]));
  return { key, source: source ?? key, meta: { ...shared, ...Object.fromEntries(extras), ...item.meta } };
}

/** ComfyVN's translation routes with our translation memory, and with models in place of ComfyVN's placeholder texts. */
export class ComfyvnTranslation {
  readonly #parts: ComfyvnParts;

  constructor(parts: ComfyvnParts) {
    this.#parts = parts;
  }

  /** @throws AppError `invalid_request`, or a chat's error: a failed call gets no placeholder text */
  async batch(
    input: ParsedInput<'translate.batch'>,
    context: RequestContext,
  ): Promise<OperationOutput<'translate.batch'>> {
    const { entries, translator } = this.#parts;
    const inputItems = input.items ?? input.strings;
    if (!inputItems) throw new AppError('invalid_request', "the body has 'items' or 'strings'");
    const items = inputItems.map((item) => itemOf(item, input.meta ?? {}));
    const lang = memoryLanguage(input.target ?? 'en');
    const language = input.source_lang ?? input.source ?? input.fallback ?? input.fallback_lang;
    const sourceLang = language ?? lang;
    const known = new Map<string, MemoryRow>();
    for (const { key, source } of items) {
      const row = await entries.lookup(lang, key, source);
      if (row) known.set(idOf({ key, source }), row);
    }
    const cached = known.size;
    const missing = new Map(items.filter((item) => !known.has(idOf(item))).map((item) => [idOf(item), item]));
    const order = {
      settings: settingsOf(input, language),
      texts: [...missing].map(([id, { source }]) => ({ id, source })),
      mock: input.mock ?? false,
    };
    const dry_run = input.dry_run ?? false;
    const plan = dry_run ? await this.#plan(order, context) : null;
    let cost_usd = 0;
    if (!dry_run) {
      const { usd } = await translator.translate(order, context, async (targets) => {
        for (const [id, { target, model, problems }] of targets) {
          const row = this.#row(lang, missing.get(id) as Item, target, model, confidenceOf(problems));
          known.set(id, row);
          // Offline replies are no translations, so they are not saved.
          if (!order.mock && !model.startsWith('stub/')) await entries.save(row);
        }
      });
      cost_usd = usd;
      await entries.countUses(
        items.flatMap((item) => (missing.has(idOf(item)) ? [] : [known.get(idOf(item))?.id ?? ''])),
      );
    }
    const shown = items.map((item) => {
      const row = known.get(idOf(item));
      return row
        ? entryView(
            { ...row, key: item.key },
            {
              status: row.state === 'reviewed' ? 'cached' : 'pending',
              sourceLang,
              meta: { ...metaOf(row), ...item.meta },
            },
          )
        : untranslated(lang, item, sourceLang);
    });
    return {
      target: lang,
      source_lang: sourceLang,
      items: shown,
      links: {
        review: link('/api/translate/review', { lang, status: 'pending' }),
        export_json: link('/api/translate/export/json', { lang }),
        export_po: link('/api/translate/export/po', { lang }),
      },
      debug: {
        requested: items.length,
        cache_hits: cached,
        stubbed: missing.size,
        available_languages: await this.#languages(),
      },
      dry_run,
      plan,
      cost_usd,
    };
  }

  async #plan(order: Parameters<TextTranslator['plan']>[0], context: RequestContext) {
    const scenes = await this.#parts.translator.plan(order, context);
    const estimates = scenes.map(({ shown }) => shown.estimate);
    const costs = estimates.map(({ cost }) => cost);
    const total = (of: 'min' | 'max') =>
      costs.reduce<number | null>(
        (sum, cost) => (sum === null || !cost || cost[of] === null ? null : sum + cost[of]),
        0,
      );
    const min = total('min');
    return {
      requests: scenes.length,
      prompt_tokens: estimates.reduce((sum, { prompt_tokens }) => sum + prompt_tokens, 0),
      cost: min === null ? null : { min, max: total('max') },
    };
  }

  async #languages(): Promise<string[]> {
    const { pending, reviewed } = await this.#parts.entries.totals();
    return [...new Set([...Object.keys(pending), ...Object.keys(reviewed)])].sort();
  }

  #row(
    language: string,
    { key, source, meta }: Item,
    target: string,
    model: string,
    confidence: number,
  ): MemoryRow {
    const now = this.#parts.now();
    return {
      id: entryId(language, key),
      project: null,
      language,
      key,
      pair: pairOf(source, null),
      source,
      speaker: null,
      target,
      state: 'draft',
      origin: `provider:${model.split('/')[0]}`,
      confidence,
      reviewer: null,
      meta: JSON.stringify({ ...meta, provider: model.split('/')[0], model }),
      version: 1,
      hits: 0,
      created_at: now,
      updated_at: now,
      reviewed_at: null,
    };
  }

  /** Lists entries for a review. Calls no model. */
  async review(input: ParsedInput<'translate.review'>): Promise<OperationOutput<'translate.review'>> {
    const { entries } = this.#parts;
    const lang = input.lang === undefined ? undefined : memoryLanguage(input.lang);
    const { key, status, limit = maxEntries, asset, component } = input;
    const meta = { ...(asset ? { asset } : {}), ...(component ? { component } : {}) };
    const withMeta = isTrue(input.include_meta);
    const of = (state: MemoryRow['state']) => entries.list({ lang, key, state, meta }, limit);
    const pending = status === 'reviewed' ? [] : await of('draft');
    const reviewed = status === 'pending' ? [] : await of('reviewed');
    const totals = await entries.totals();
    const scope = knownKey(key, [...pending, ...reviewed]);
    const count = (by: Record<string, number>) =>
      lang === undefined ? Object.values(by).reduce((sum, n) => sum + n, 0) : (by[lang] ?? 0);
    const shown = (rows: MemoryRow[], as: string) =>
      rows.map((row) => entryView(row, { status: as, meta: withMeta ? metaOf(row) : undefined }));
    return {
      status,
      items: [...shown(pending, 'pending'), ...shown(reviewed, 'reviewed')].slice(0, limit),
      counts: {
        pending: status === 'reviewed' ? count(totals.pending) : pending.length,
        reviewed: status === 'pending' ? count(totals.reviewed) : reviewed.length,
      },
      totals,
      links: {
        export_json: link('/api/translate/export/json', { lang, ...scope }),
        export_po: link('/api/translate/export/po', { lang, ...scope }),
        batch: '/api/translate/batch',
      },
      ...(lang === undefined ? {} : { lang }),
      ...scope,
      ...(Object.keys(meta).length ? { filters: meta } : {}),
    };
  }

  /** Stores a person's decision on one entry. @throws AppError `invalid_request`, `not_found` */
  async reviewEntry(
    input: ParsedInput<'translate.reviewEntry'>,
  ): Promise<OperationOutput<'translate.reviewEntry'>> {
    const { entries, now } = this.#parts;
    const row = await this.#entry(input);
    const target = input.translation ?? input.target ?? row.target;
    const { action } = input;
    const reviewed =
      action === 'approve' ||
      (action !== 'unapprove' && (input.reviewed === undefined || isTrue(input.reviewed)));
    const unit = await entries.unitOf(row);
    if (unit !== null && row.project !== null)
      await this.#parts.updateUnit(row.project, unit, { target, reviewed });
    const newTarget = input.translation ?? input.target;
    const change: Partial<MemoryRow> = {
      target,
      state: reviewed ? 'reviewed' : 'draft',
      origin: input.origin || (newTarget === undefined || newTarget === null ? row.origin : 'review'),
      confidence: input.confidence ?? Math.max(row.confidence, 0.95),
      reviewer: input.reviewer || input.reviewed_by || input.editor || row.reviewer,
      meta: JSON.stringify({ ...metaOf(row), ...input.meta }),
      version: row.version + (target === row.target ? 0 : 1),
      updated_at: now(),
      reviewed_at: reviewed ? now() : null,
    };
    await entries.change(row.id, change);
    const entry = entryView(
      { ...row, ...change },
      { status: reviewed ? 'reviewed' : 'pending', meta: { ...metaOf(row), ...input.meta } },
    );
    return { entry, links: entry.links };
  }

  async #entry(input: ParsedInput<'translate.reviewEntry'>): Promise<MemoryRow> {
    const { entries } = this.#parts;
    const id = input.id ?? input.entry_id;
    const lang = input.lang ?? input.language;
    if (id === undefined && (input.key === undefined || lang === undefined))
      throw new AppError('invalid_request', 'id or (lang, key) pair required');
    const row =
      id === undefined
        ? (await entries.list({ lang: memoryLanguage(lang ?? ''), key: input.key }, 1))[0]
        : await entries.get(id);
    if (row) return row;
    throw new AppError('not_found', 'translation entry not found');
  }

  async #reviewed(input: ParsedInput<'translate.exportJson'>) {
    const lang = input.lang === undefined ? undefined : memoryLanguage(input.lang);
    const { key } = input;
    const rows = await this.#parts.entries.list({ lang, key, state: 'reviewed' }, maxEntries);
    return {
      rows,
      lang,
      ...knownKey(key, rows),
      withMeta: isTrue(input.include_meta),
      at: new Date(this.#parts.now()).toISOString(),
    };
  }

  /** Exports the reviewed entries. */
  async exportJson(
    input: ParsedInput<'translate.exportJson'>,
  ): Promise<OperationOutput<'translate.exportJson'>> {
    const { rows, lang, key, withMeta, at } = await this.#reviewed(input);
    const entries = rows.map((row) => {
      const { id, target, version, confidence, reviewed_at, reviewed_by, origin, ...view } = entryView(
        row,
        {},
      );
      const own = { id, key: view.key, lang: view.lang, source: view.source_text, target };
      const about = { version, confidence, reviewed_at, reviewed_by, origin };
      return { ...own, ...about, ...(withMeta ? { meta: metaOf(row) } : {}) };
    });
    return { generated_at: at, entries, ...(lang ? { lang } : {}), ...(key ? { key } : {}) };
  }

  async exportPo(input: ParsedInput<'translate.exportPo'>): Promise<OperationOutput<'translate.exportPo'>> {
    const { rows, lang, key, withMeta, at } = await this.#reviewed(input);
    const file = `${['translations', ...(lang ? [lang] : []), ...(key ? ['key'] : [])].join('_')}.po`;
    return { text: poText(rows, { lang, key, at, withMeta }), file };
  }
}

/** Returns `key` only if an entry has it: on other routes `?key=` is a credential, which must not be repeated. */
function knownKey(key: string | undefined, rows: readonly MemoryRow[]): { key?: string } {
  return key !== undefined && rows.length > 0 ? { key } : {};
}

function settingsOf(input: ParsedInput<'translate.batch'>, source: string | undefined): ProjectFile {
  const { provider, model, preset, target = 'en' } = input;
  const named = { provider, model, preset };
  const chosen = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  const from = source === undefined ? {} : { source_language: source };
  return projectFile.parse({
    id: 'comfyvn',
    game: '.',
    name: 'ComfyVN',
    target_language: target,
    ...from,
    ...chosen,
  });
}

/** The view of an item without a translation; its source is not used as one. */
function untranslated(lang: string, { key, source, meta }: Item, sourceLang: string): ComfyEntry {
  const row: MemoryRow = {
    id: entryId(lang, key),
    project: null,
    language: lang,
    key,
    pair: '',
    source,
    speaker: null,
    target: '',
    state: 'draft',
    origin: 'none',
    confidence: 0,
    reviewer: null,
    meta: null,
    version: 1,
    hits: 0,
    created_at: 0,
    updated_at: 0,
    reviewed_at: null,
  };
  const view = entryView(row, { status: 'untranslated', sourceLang, meta });
  return { ...view, target: null, tgt: null, created_at: null, updated_at: null };
}
