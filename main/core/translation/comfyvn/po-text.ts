import type { MemoryRow } from '../../database/translation-tables.ts';
import { metaOf } from './entry-view.ts';

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const quoted = (text: string) => `"${text.replace(/[\\"\n\r\t]/g, (letter) => escapes[letter] ?? letter)}"`;

/** A comment; line breaks become spaces. */
const comment = (text: string) => `# ${text.replace(/[\r\n]+/g, ' ')}`;

/** Entries as a gettext file in ComfyVN's layout: the language is the context and the key is a comment. */
export function poText(
  rows: readonly MemoryRow[],
  about: { lang: string | undefined; key: string | undefined; at: string; withMeta: boolean },
): string {
  const head = [
    comment(`Export lang: ${about.lang ?? 'mixed'}`),
    ...(about.key ? [comment(`Scoped key: ${about.key}`)] : []),
    comment(`Generated at: ${about.at}`),
    'msgid ""',
    'msgstr "Content-Type: text/plain; charset=UTF-8\\n"',
    '',
  ];
  // Several games may have the same text, but a gettext file may contain it only once.
  const seen = new Set<string>();
  const body = rows.flatMap((row) => {
    const id = `${row.language}\u0004${row.source}`;
    if (seen.has(id)) return [];
    seen.add(id);
    const metas = about.withMeta ? Object.entries(metaOf(row)) : [];
    return [
      comment(`Key: ${row.key ?? row.source}`),
      comment(`Version: ${row.version}`),
      ...metas.map(([name, value]) => comment(`Meta ${name}: ${JSON.stringify(value)}`)),
      `msgctxt ${quoted(row.language)}`,
      `msgid ${quoted(row.source)}`,
      `msgstr ${quoted(row.target)}`,
      '',
    ];
  });
  return `${[...head, ...body].join('\n').trimEnd()}\n`;
}
