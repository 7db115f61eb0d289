import { expect, test } from 'vitest';
import { firstTarget } from '../../../state/target.ts';
import { newMessage } from './drafts.ts';
import { readSavedBench, toSavedBench } from './saved-bench.ts';

test('a draft comes back as it was saved', () => {
  const draft = [newMessage('system', 'S'), newMessage('user', 'U')];
  const saved: unknown = JSON.parse(JSON.stringify(toSavedBench(firstTarget, { narrator: draft })));
  const { target, byModule } = readSavedBench(saved);
  expect(target).toEqual(firstTarget);
  expect(byModule.narrator?.map(({ role, text }) => [role, text])).toEqual([
    ['system', 'S'],
    ['user', 'U'],
  ]);
});

test('one unreadable draft does not take the others with it', () => {
  const { target, byModule } = readSavedBench({
    target: 7,
    byModule: { a: 'x', b: [{ role: 'robot', text: 'kept' }, 5], c: [] },
  });
  expect(target).toBeNull();
  expect(Object.keys(byModule)).toEqual(['b']);
  expect(byModule.b).toMatchObject([{ role: 'user', text: 'kept' }]);
  expect(readSavedBench(null)).toEqual({ target: null, byModule: {} });
});
