import type { FormatOptions, Unit } from '../define.ts';
import { FormatError } from '../define.ts';
import { fileFault } from '../file-fault.ts';
import { extension, readHead } from '../shared/read-text.ts';
import { textFormat, WriteFault, Scan } from '../shared/text-format.ts';
import { UniqueKeys } from '../shared/unique-keys.ts';
import { chooseColumns, type Columns } from './columns.ts';
import { guessDelimiter, recordsOf, type CsvField, type CsvRecord } from './records.ts';

/**
 * Tables of text: RFC 4180, also with tabs or semicolons. The user chooses the columns once per project. Without a target
 * column, the translation replaces the source. The key is the key column's text, or the row's number from 1.
 */
export const csv = textFormat({
  name: 'csv',
  label: 'Table (CSV or TSV)',
  // Not true without a target column. The only effect is that an unchanged text is written again.
  keepsSource: true,
  detect(path, head) {
    const kind = extension(path);
    if (kind !== 'csv' && kind !== 'tsv') return 0;
    return readHead(head) === null ? 0 : 0.9;
  },
  scan: (text, options, path) => scanTable(text, options, path),
});

function scanTable(text: string, options: FormatOptions, path: string): Scan {
  const delimiter = extension(path) === 'tsv' ? '\t' : guessDelimiter(text);
  const fields: CsvField[] = [];
  const missingDelimiters: number[] = [];
  const scan: Scan = new Scan((index, target) => {
    const replacesSource = columns?.target === undefined;
    if (replacesSource && target.trim() === '')
      return new WriteFault('An empty translation would remove the text.');
    return renderField(target, delimiter, fields[index], missingDelimiters[index] ?? 0);
  });
  const keys = new UniqueKeys();
  let columns: Columns | undefined;
  let row = 0;
  for (const record of recordsOf(text, delimiter)) {
    row += 1;
    if (columns === undefined) {
      columns = chooseColumns(record, options.columns);
      if (columns.hasHeader) continue;
    }
    const source = record.fields[columns.source];
    if (source === undefined || source.value.trim() === '') continue;
    const unit: Unit = { key: keys.take(keyOf(record, columns, row)), source: source.value };
    const speaker = columns.speaker === undefined ? undefined : record.fields[columns.speaker]?.value;
    if (speaker !== undefined && speaker.trim() !== '') unit.speaker = speaker;
    const { field, missing } = targetField(record, columns);
    if (columns.target !== undefined && field.value !== '') unit.target = field.value;
    scan.add(unit, field.from, field.to);
    fields.push(field);
    missingDelimiters.push(missing);
  }
  if (columns === undefined && options.columns !== undefined)
    throw new FormatError(fileFault('csv_empty', { line: 1 }, 'Line 1: the table is empty.'));
  return scan;
}

function keyOf(record: CsvRecord, columns: Columns, row: number): string {
  const value = columns.key === undefined ? '' : (record.fields[columns.key]?.value ?? '');
  return value.trim() === '' ? String(row) : value;
}

/** The field to replace. `missing`: the delimiters to add at the end of a row that ends before the target column. */
function targetField(record: CsvRecord, columns: Columns): { field: CsvField; missing: number } {
  const column = columns.target ?? columns.source;
  const field = record.fields[column];
  if (field !== undefined) return { field, missing: 0 };
  const missing = column - record.fields.length + 1;
  return { field: { from: record.end, to: record.end, value: '', isQuoted: false, raw: '' }, missing };
}

function renderField(
  target: string,
  delimiter: string,
  field: CsvField | undefined,
  missingDelimiters: number,
): string | WriteFault {
  if (field === undefined) return new WriteFault('The row has no such column.');
  const ending = field.raw.includes('\r\n') ? '\r\n' : '\n';
  const text = target.replace(/\r\n|\r|\n/g, ending);
  const needsQuotes = field.isQuoted || /["\r\n]|^\s|\s$/.test(text) || text.includes(delimiter);
  const written = needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
  return delimiter.repeat(missingDelimiters) + written;
}
