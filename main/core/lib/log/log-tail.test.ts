import { expect, test } from 'vitest';
import type { LogPiece } from '../../../../contract/log-line.ts';
import { LogTail } from './log-tail.ts';

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `{"level":30,"n":${from + i},"msg":"line ${from + i}"}\n`).join(
    '',
  );

/** Follows until `enough` returns true; resolves with all delivered lines. */
async function follow(
  tail: LogTail,
  last: number,
  enough: (reported: LogPiece[]) => boolean,
): Promise<LogPiece[]> {
  const leaving = new AbortController();
  const reported: LogPiece[] = [];
  await tail.follow(last, leaving.signal, (piece) => {
    reported.push(piece);
    if (enough(reported)) leaving.abort();
  });
  return reported;
}

test('lines of one batch arrive in one piece, each once, under their own numbers', async () => {
  const tail = new LogTail('info');
  tail.push(lines(1, 4), 3);
  tail.push(lines(4, 5), 1);
  setTimeout(() => tail.push(lines(5, 8), 3), 20);
  const reported = await follow(tail, 2, (pieces) => pieces.length === 2);
  expect(reported.map((piece) => piece.lines.map(({ n, message }) => `${n} ${message}`))).toEqual([
    ['3 line 3', '4 line 4'],
    ['5 line 5', '6 line 6', '7 line 7'],
  ]);
  expect(await tail.follow(0, AbortSignal.abort(), () => {})).toBe(0);
});

test('the last thousand lines are available to a new listener', async () => {
  const tail = new LogTail('info');
  for (let n = 1; n <= 9951; n += 50) tail.push(lines(n, n + 50), 50);
  const [reported] = await follow(tail, 1000, () => true);
  expect(reported?.lines.map(({ n }) => n)).toEqual(Array.from({ length: 1000 }, (_, i) => 9001 + i));
});

test('a slow listener skips old lines and learns how many it missed', async () => {
  const tail = new LogTail('info');
  const leaving = new AbortController();
  const reported: LogPiece[] = [];
  const following = tail.follow(0, leaving.signal, async (piece) => {
    reported.push(piece);
    if (reported.length === 1) for (let n = 1; n <= 5000; n += 100) tail.push(lines(n, n + 100), 100);
    else leaving.abort();
  });
  await following;
  expect(reported[1]).toMatchObject({ missed: 3000 });
  expect(reported[1]?.lines.map(({ n }) => n)).toEqual(Array.from({ length: 2000 }, (_, i) => 3001 + i));
});
