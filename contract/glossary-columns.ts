/** The columns of a glossary, in the order used for a table without a heading. */
export const glossaryColumns = ['term', 'translation', 'kind', 'gender', 'voice', 'note'] as const;
export type GlossaryColumn = (typeof glossaryColumns)[number];

/** Column names that other tools use. */
const otherNames: Readonly<Record<string, GlossaryColumn>> = {
  src: 'term',
  source: 'term',
  original: 'term',
  dst: 'translation',
  target: 'translation',
  translated: 'translation',
  info: 'note',
  comment: 'note',
  notes: 'note',
  type: 'kind',
};

/** The column that a heading cell names, in any case; undefined if it names none. */
export function glossaryColumnOf(cell: string): GlossaryColumn | undefined {
  const name = cell.trim().toLowerCase();
  return (
    glossaryColumns.find((column) => column === name) ??
    (Object.hasOwn(otherNames, name) ? otherNames[name] : undefined)
  );
}

/** The delimiter of a table: tabs from a spreadsheet, semicolons from some versions of Excel, else commas. */
export function delimiterOf(text: string): '\t' | ';' | ',' {
  const [head = ''] = text.split(/\r?\n/, 1);
  return head.includes('\t') ? '\t' : head.includes(';') && !head.includes(',') ? ';' : ',';
}
