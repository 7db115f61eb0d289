import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { endTogether } from './end-together.ts';

test('answers of one turn are ended at its end, in order, each with its own bytes', async () => {
  const ended: string[] = [];
  const answer = (name: string) =>
    ({ end: (bytes: Buffer) => ended.push(`${name} ${bytes.toString()}`) }) as unknown as ServerResponse;
  endTogether(answer('first'), Buffer.from('1'));
  await Promise.resolve();
  endTogether(answer('second'), Buffer.from('2'));
  expect(ended).toEqual([]);
  await turn();
  expect(ended).toEqual(['first 1', 'second 2']);
  endTogether(answer('later'), Buffer.from('3'));
  await turn();
  expect(ended).toEqual(['first 1', 'second 2', 'later 3']);
});
