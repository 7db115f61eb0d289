import fc from 'fast-check';
import { csv } from '../../csv/format.ts';
import type { FormatCase } from '../format-case.ts';

const files = fc
  .array(fc.constantFrom('a', 'あ', '"', '""', '"a"', ',', ';', '\t', '\n', '\r\n', ' ', '"x\ny"', 'b,c\n'), {
    maxLength: 30,
  })
  .map((parts) => parts.join(''));

export const csvCase: FormatCase = {
  name: 'csv',
  format: csv,
  path: 'dialogue.csv',
  options: { columns: { source: 'text', target: 'English', key: 'id', speaker: 'who' } },
  text: `id,who,text,English
a1,花子,おはよう,Good morning
a2,,"「はい、そうです」
と彼女は言った。",
a3,太郎,"彼は""うん""と言った"

a4,太郎,最後,"Last, of all"
`,
  units: [
    { key: 'a1', source: 'おはよう', target: 'Good morning', speaker: '花子' },
    { key: 'a2', source: '「はい、そうです」\nと彼女は言った。' },
    { key: 'a3', source: '彼は"うん"と言った', speaker: '太郎' },
    { key: 'a4', source: '最後', target: 'Last, of all', speaker: '太郎' },
  ],
  encodings: ['shift_jis', 'euc-jp'],
  insertion: { before: 'a4', lines: 'a9,,挿入,\n' },
  broken: [
    { text: 'id,who,text,English\n1,,a,b\n2,,"c,d\n', line: 3 },
    { text: 'id,who,text,English\n1,,"a"b,c\n', line: 2 },
    { text: 'source,English\na,b\n', line: 1 },
    { text: '', line: 1 },
  ],
  files: files.map((rows) => `id,who,text,English\n${rows}`),
};

export const tsvCase: FormatCase = {
  name: 'csv in place, tabs, no header',
  format: csv,
  path: 'dialogue.tsv',
  options: { columns: { source: 1 } },
  text: '1\tおはよう\t"x"\n2\t"二\n行"\ty\n3\tはい\n4\n',
  units: [
    { key: '1', source: 'おはよう' },
    { key: '2', source: '二\n行' },
    { key: '3', source: 'はい' },
  ],
  encodings: ['shift_jis'],
  insertion: { before: '3\t', lines: '9\t挿入\n', shifts: true },
  broken: [{ text: '1\ta\n2\t"b\n', line: 2 }],
  files,
};
