import fc from 'fast-check';
import { jsonMap } from '../../json-map/format.ts';
import type { FormatCase } from '../format-case.ts';

export const jsonMapCase: FormatCase = {
  name: 'json-map',
  format: jsonMap,
  path: 'ManualTransFile.json',
  text: `{
  "おはよう": "おはよう",
  "さようなら\\n": "Goodbye\\n",
  "\\"引用\\"": "",
  "": "nothing",
  "number": 3,
  "list": ["a"],
  "Map001": { "はい": "Yes", "a/b~c": "", "deep": {"いいえ" : "いいえ"} }
}
`,
  units: [
    { key: 'おはよう', source: 'おはよう' },
    { key: 'さようなら\n', source: 'さようなら\n', target: 'Goodbye\n' },
    { key: '"引用"', source: '"引用"' },
    { key: '/Map001/はい', source: 'はい', target: 'Yes', scene: 'Map001' },
    { key: '/Map001/a~1b~0c', source: 'a/b~c', scene: 'Map001' },
    { key: '/Map001/deep/いいえ', source: 'いいえ', scene: 'Map001 / deep' },
  ],
  encodings: ['shift_jis', 'euc-jp'],
  insertion: { before: '  "number"', lines: '  "挿入": "",\n' },
  broken: [
    { text: '{\n  "a": "b"\n  "c": "d"\n}', line: 3 },
    { text: '{\n  "a": "b",\n', line: 3 },
    { text: '{\n  "a": "b\n"}', line: 2 },
    { text: '[]', line: 1 },
    { text: '{"a": "\\q"}', line: 1 },
    { text: '{"a": 01}', line: 1 },
    { text: '{"a": "b",}', line: 1 },
    { text: '{}\n{}', line: 2 },
    { text: '', line: 1 },
    { text: 'true', line: 1 },
    { text: `${'{"a":'.repeat(100_000)}1`, line: 1 },
    { text: `{"a":${'['.repeat(100_000)}`, line: 1 },
  ],
  files: fc
    .dictionary(
      fc.string({ maxLength: 8 }),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.jsonValue({ maxDepth: 2 })),
    )
    .chain((value) => fc.constantFrom(JSON.stringify(value), JSON.stringify(value, null, 2))),
};
