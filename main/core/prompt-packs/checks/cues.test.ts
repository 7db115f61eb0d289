import { expect, test } from 'vitest';
import { cuesOf } from './text-checks.ts';

test.each<[string, string[]]>([
  ['Aya: Hi\nBo：Ho', ['Aya', 'Bo']],
  ['アヤ: やあ\nアヤ:3個ください', ['アヤ', 'アヤ']],
  ['Guard 2: Halt!', ['Guard 2']],
  ['  Aya :hi', ['Aya']],
  ['???: Who?', []],
  ['10:30', []],
  ['At 10:30 we leave', []],
  ['At 10 : 30 we leave', []],
  ['午後10：30に出る', []],
  ['１０：３０', []],
  ['It is 12:00:00 now', []],
  ['The score is 3:2', []],
  ['John 3:16', []],
  ['https://a.b/c', []],
  ['See http://a.b', []],
  ['C:\\Games\\x', []],
  ['localhost:8080 is it', []],
  ['Bo: at 10:30', ['Bo']],
  ['Wait! No: https://a.b', []],
])('%s', (text, speakers) => {
  expect(cuesOf(text)).toEqual(speakers);
});
