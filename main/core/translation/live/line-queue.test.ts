import { expect, it } from 'vitest';
import { AppError } from '../../lib/app-error.ts';
import { LineQueue } from './line-queue.ts';

const upper = (texts: readonly string[]) => new Map(texts.map((text) => [text, text.toUpperCase()] as const));

it('lines requested together are sent in one request, and lines that arrive during it in the next', async () => {
  const groups: (readonly string[])[] = [];
  const later: Promise<string>[] = [];
  const queue = new LineQueue(async (texts) => {
    groups.push(texts);
    if (groups.length === 1) later.push(queue.add('d'), queue.add('a'), queue.add('e'));
    return upper(texts);
  });
  expect(await Promise.all(['a', 'b', 'a', 'c'].map((text) => queue.add(text)))).toEqual([
    'A',
    'B',
    'A',
    'C',
  ]);
  expect(await Promise.all(later)).toEqual(['D', 'A', 'E']);
  expect(groups).toEqual([
    ['a', 'b', 'c'],
    ['d', 'a', 'e'],
  ]);
});

it('a line without a usable translation fails alone; if a request fails, all its lines fail', async () => {
  let fails = false;
  const queue = new LineQueue(async (texts) => {
    if (fails) throw new AppError('provider_error', 'down');
    return new Map<string, string | AppError>([
      ...upper(texts),
      ['b', new AppError('empty_reply', 'left out')],
    ]);
  });
  const settled = await Promise.allSettled([queue.add('a'), queue.add('b')]);
  expect(settled).toMatchObject([{ value: 'A' }, { reason: { code: 'empty_reply' } }]);
  fails = true;
  expect(await Promise.allSettled([queue.add('x'), queue.add('y')])).toMatchObject([
    { reason: { code: 'provider_error' } },
    { reason: { code: 'provider_error' } },
  ]);
  fails = false;
  expect(await queue.add('z')).toBe('Z');
});

it('more than 200 waiting lines are refused at once', async () => {
  const queue = new LineQueue(async (texts) => upper(texts));
  const all = Array.from({ length: 200 }, (_, i) => queue.add(`${i}`));
  expect(() => queue.add('one more')).toThrow(expect.objectContaining({ code: 'server_busy' }) as Error);
  expect(await Promise.all(all)).toHaveLength(200);
});
