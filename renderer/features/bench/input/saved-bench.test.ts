import { expect, test } from 'vitest';
import { firstTarget } from '../../../state/target.ts';
import { newMessage } from './drafts.ts';
import { readSavedBench, toSavedDrafts } from './saved-bench.ts';

test('a draft is restored as it was saved', () => {
  const draft = [newMessage('system', 'S'), newMessage('user', 'U')];
  const saved: unknown = JSON.parse(
    JSON.stringify({ target: firstTarget, byModule: toSavedDrafts({ narrator: draft }) }),
  );
  const { target, byModule } = readSavedBench(saved);
  expect(target).toEqual(firstTarget);
  expect(byModule.narrator?.map(({ role, text }) => [role, text])).toEqual([
    ['system', 'S'],
    ['user', 'U'],
  ]);
});

test('an unreadable draft does not affect the others', () => {
  const { target, byModule } = readSavedBench({
    target: 7,
    byModule: { a: 'x', b: [{ role: 'robot', text: 'kept' }, 5], c: [] },
  });
  expect(target).toBeNull();
  expect(Object.keys(byModule)).toEqual(['b']);
  expect(byModule.b).toMatchObject([{ role: 'user', text: 'kept' }]);
  expect(readSavedBench(null)).toMatchObject({ target: null, byModule: {}, saved: [], columns: [] });
});

test('a partly damaged input keeps the rest; one without a name is dropped', () => {
  const { saved } = readSavedBench({
    saved: [
      {
        key: 'narrator',
        name: 'Rain',
        form: '?',
        draft: [{ role: 'user', text: 'kept' }, 3],
        variables: { a: 1 },
      },
      { key: 'narrator' },
    ],
  });
  expect(saved).toMatchObject([
    { name: 'Rain', form: 'messages', draft: [{ role: 'user', text: 'kept' }], variables: {} },
  ]);
});
