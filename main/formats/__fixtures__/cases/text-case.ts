import fc from 'fast-check';
import { text } from '../../text/format.ts';
import type { FormatCase } from '../format-case.ts';

export const textCase: FormatCase = {
  name: 'text',
  format: text,
  path: 'script.txt',
  text: '「おはよう」\n\n　彼女は笑った。\n   \nEnd\n',
  units: [
    { key: '1', source: '「おはよう」' },
    { key: '3', source: '　彼女は笑った。' },
    { key: '5', source: 'End' },
  ],
  encodings: ['shift_jis', 'euc-jp'],
  insertion: { before: 'End', lines: '挿入\n', shifts: true },
  broken: [{ text: 'a\nb\0c\n', line: 2 }],
  files: fc
    .array(fc.constantFrom('おはよう', 'abc', '', ' ', '　', '\n', '\r\n', '\r', '😀', 'é'), {
      maxLength: 30,
    })
    .map((parts) => parts.join('')),
};
