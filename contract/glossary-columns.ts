/** The columns of a glossary, in the order that a table without a heading has them. */
export const glossaryColumns = ['term', 'translation', 'kind', 'gender', 'voice', 'note'] as const;
export type GlossaryColumn = (typeof glossaryColumns)[number];

/** What other tools call these columns in their lists. */
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

/** The column that a cell of a heading names, in any case; undefined where it names none. */
export function glossaryColumnOf(cell: string): GlossaryColumn | undefined {
  const name = cell.trim().toLowerCase();
  return (
    glossaryColumns.find((column) => column === name) ??
    (Object.hasOwn(otherNames, name) ? otherNames[name] : undefined)
  );
}

/** What stands between the cells of a table: tabs from a spreadsheet, semicolons where Excel writes those, else commas. */
export function delimiterOf(text: string): '\t' | ';' | ',' {
  const [head = ''] = text.split(/\r?\n/, 1);
  return head.includes('\t') ? '\t' : head.includes(';') && !head.includes(',') ? ';' : ',';
}
