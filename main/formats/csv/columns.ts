import type { FormatOptions } from '../define.ts';
import { FormatError } from '../define.ts';
import { fileFault } from '../file-fault.ts';
import type { CsvRecord } from './records.ts';

/** Column numbers from 0. */
export interface Columns {
  hasHeader: boolean;
  source: number;
  target?: number;
  key?: number;
  speaker?: number;
}

const usualNames = {
  source: /^(source|original( text)?|text|message|src|ja(panese)?|jp|原文|原文本)$/i,
  target: /^(target|translat(ion|ed)( text)?|tgt|dst|译文|譯文|翻译|訳文|翻訳)$/i,
  key: /^(key|id|identifier|キー)$/i,
  speaker: /^(speaker|name|character|who|名前|角色|人名)$/i,
};

/**
 * The columns that the user chose, by header or number. Without a choice: the columns with common names; if there are
 * none, the first column is the text and the second its translation.
 * @throws FormatError if the header lacks a chosen name
 */
export function chooseColumns(first: CsvRecord, chosen: FormatOptions['columns']): Columns {
  const names = first.fields.map((field) => field.value.trim());
  if (chosen === undefined) return usualColumns(names);
  const columns = [chosen.source, chosen.target, chosen.key, chosen.speaker];
  const hasHeader = chosen.header ?? columns.some((column) => typeof column === 'string');
  const find = (column: string | number | undefined): number | undefined => {
    if (column === undefined || typeof column === 'number') return column;
    const index = hasHeader ? names.indexOf(column) : -1;
    if (index === -1) {
      const columns = names.join(', ');
      const message = `Line 1: there is no column “${column}”. The columns are: ${columns}.`;
      throw new FormatError(fileFault('csv_column', { line: 1, column, columns }, message));
    }
    return index;
  };
  return {
    hasHeader,
    source: find(chosen.source) ?? 0,
    target: find(chosen.target),
    key: find(chosen.key),
    speaker: find(chosen.speaker),
  };
}

function usualColumns(names: readonly string[]): Columns {
  const find = (pattern: RegExp) => {
    const index = names.findIndex((name) => pattern.test(name));
    return index === -1 ? undefined : index;
  };
  const source = find(usualNames.source);
  if (source === undefined) return { hasHeader: false, source: 0, target: names.length > 1 ? 1 : undefined };
  return {
    hasHeader: true,
    source,
    target: find(usualNames.target),
    key: find(usualNames.key),
    speaker: find(usualNames.speaker),
  };
}
