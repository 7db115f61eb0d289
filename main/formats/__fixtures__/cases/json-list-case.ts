import fc from 'fast-check';
import { jsonList } from '../../json-list/format.ts';
import type { FormatCase } from '../format-case.ts';

export const jsonListCase: FormatCase = {
  name: 'json-list',
  format: jsonList,
  path: 'scene01.json',
  text: `[
  { "name": "花子", "message": "「おはよう」\\r\\n「元気？」" },
  { "message": "彼女は笑った。" },
  "ただの文",
  { "id": 7, "note": "no message" },
  { "message": "はい", "name": "" }
]
`,
  units: [
    { key: '0/name', source: '花子' },
    { key: '0', source: '「おはよう」\r\n「元気？」', speaker: '花子' },
    { key: '1', source: '彼女は笑った。' },
    { key: '2', source: 'ただの文' },
    { key: '4', source: 'はい' },
  ],
  encodings: ['shift_jis', 'euc-jp'],
  insertion: { before: '  { "message": "はい"', lines: '  { "message": "挿入" },\n', shifts: true },
  broken: [
    { text: '[\n  { "message": "a" },\n  3\n]', line: 3 },
    { text: '[{"message": "a"', line: 1 },
    { text: '{"message": "a"}', line: 1 },
    { text: '[{"message": "a" "name": "b"}]', line: 1 },
    { text: '['.repeat(100_000), line: 1 },
  ],
  files: fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 8 }),
        fc.record(
          {
            name: fc.string({ maxLength: 4 }),
            message: fc.string({ unit: 'binary', maxLength: 8 }),
            id: fc.integer(),
          },
          { requiredKeys: [] },
        ),
      ),
      { maxLength: 8 },
    )
    .chain((value) => fc.constantFrom(JSON.stringify(value), JSON.stringify(value, null, '\t'))),
};
