import { expect, test } from 'vitest';
import { createFrameBatch } from './frame-batch.ts';

function collect() {
  const frames: (() => void)[] = [];
  const texts: string[] = [];
  const batch = createFrameBatch(
    (text) => texts.push(text),
    (flush) => frames.push(flush),
  );
  return { frames, texts, batch };
}

test('a hundred deltas in one frame cause one render', () => {
  const { frames, texts, batch } = collect();
  for (let n = 0; n < 100; n += 1) batch.add('a');
  expect(frames).toHaveLength(1);
  frames[0]?.();
  expect(texts).toEqual(['a'.repeat(100)]);
});

test('text after a frame requests the next one', () => {
  const { frames, texts, batch } = collect();
  batch.add('a');
  frames[0]?.();
  batch.add('b');
  frames[1]?.();
  expect(texts).toEqual(['a', 'b']);
});

test('the end of a stream shows its last text exactly once', () => {
  const { frames, texts, batch } = collect();
  batch.add('last');
  batch.flush();
  frames[0]?.();
  batch.flush();
  expect(texts).toEqual(['last']);
});
