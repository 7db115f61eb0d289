import { expect, it } from 'vitest';
import { jsonList } from './json-list/format.ts';
import { kag } from './kag/format.ts';
import { rpgmaker } from './rpgmaker/format.ts';
import { text } from './text/format.ts';
import { xunity } from './xunity/format.ts';

const utf8 = new TextEncoder();
const many = 200_000;

function repeat(line: string): string {
  return Array.from({ length: many }, () => line).join('\n');
}

it('a message of many lines is one unit', () => {
  const command = '{"code":401,"indent":0,"parameters":["a"]}';
  const lines = Array.from({ length: many }, () => command).join(',');
  const bytes = utf8.encode(`[null,{"id":1,"list":[${lines}]}]`);
  const { units } = rpgmaker.read(bytes, 'CommonEvents.json');
  expect(units.map(({ source }) => source.length)).toEqual([2 * many - 1]);
});

it('a scenario in which every line continues on the next is read in one pass', () => {
  expect(kag.read(utf8.encode(repeat('あ[r]')), 'a.ks').units).toHaveLength(1);
});

it('a line of many speakers is read', () => {
  const names = Array.from({ length: many }, () => '"a"').join(',');
  const { units } = jsonList.read(utf8.encode(`[{"names":[${names}],"message":"b"}]`), 'a.json');
  expect(units).toHaveLength(many + 1);
});

it('every translation of a missing text is reported', () => {
  const targets = new Map(Array.from({ length: many }, (_, n) => [`gone ${n}`, 'x']));
  expect(text.write(utf8.encode('a\n'), 'a.txt', targets).problems).toHaveLength(many);
});

it('many equal texts each get their own key', () => {
  const { units } = xunity.read(utf8.encode(repeat('a=')), 'a.txt');
  expect(new Set(units.map(({ key }) => key)).size).toBe(many);
});
