import type { CallRecord } from '../../../../contract/call-log.ts';

export type ExportForm = 'jsonl' | 'csv';

/** The columns of the CSV. Numbers stay numbers, so that a spreadsheet can add them up. */
const columns: readonly [name: string, of: (call: CallRecord) => string | number | boolean | null][] = [
  ['at', ({ at }) => at],
  ['id', ({ id }) => id],
  ['request_id', ({ request_id: id }) => id],
  ['kind', ({ kind }) => kind],
  ['door', (call) => call.door],
  ['machine', ({ machine }) => machine],
  ['mode', ({ mode }) => mode],
  ['module', ({ module }) => module],
  ['preset', ({ preset }) => preset],
  ['provider', ({ provider }) => provider],
  ['model', ({ model }) => model],
  ['stream', ({ stream }) => stream],
  ['ok', ({ ok }) => ok],
  ['status', ({ status }) => status],
  ['code', ({ code }) => code],
  ['message', ({ message }) => message],
  ['attempts', ({ attempts }) => attempts],
  ['prompt_tokens', ({ usage }) => usage?.prompt_tokens ?? null],
  ['completion_tokens', ({ usage }) => usage?.completion_tokens ?? null],
  ['cost_usd', ({ cost }) => cost?.total ?? null],
  ['cost_source', ({ cost }) => cost?.source ?? null],
  ['total_ms', ({ timing }) => timing.total_ms],
  ['upstream_ms', ({ timing }) => timing.upstream_ms],
  ['first_token_ms', ({ timing }) => timing.first_token_ms],
  ['bytes', ({ bytes }) => bytes],
  ['sha256', ({ sha256 }) => sha256],
];

/** A spreadsheet runs a text that begins like a formula, and provider messages may contain one. */
const startsFormula = /^[=+\-@\t\r]/;

function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = startsFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (values: readonly string[]) => `${values.join(',')}\r\n`;

/** Without it, Excel reads a CSV file in the system's own code page. */
const byteOrderMark = '\ufeff';

/** The start of a file: the header row of a CSV, nothing for JSONL. */
export function headOf(form: ExportForm): string {
  return form === 'csv' ? byteOrderMark + line(columns.map(([name]) => name)) : '';
}

/** Calls as lines of the file, in the given order. */
export function linesOf(form: ExportForm, calls: readonly CallRecord[]): string {
  // Messages and replies are not exported, and neither are their previews.
  if (form === 'jsonl')
    return calls.map(({ preview: _preview, ...call }) => `${JSON.stringify(call)}\n`).join('');
  return calls.map((call) => line(columns.map(([, of]) => cell(of(call))))).join('');
}
