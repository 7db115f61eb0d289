import { expect, test } from 'vitest';
import type { ProjectFile } from '../../../../contract/translation.ts';
import { changeOf, valuesOf, wrongNumbers } from './settings-values.ts';

const settings: ProjectFile = {
  format: 1,
  id: 'a',
  game: '/g',
  name: 'Game',
  target_language: 'Japanese',
  provider: 'stub',
  limit_usd: 1.5,
  include: ['game/*.rpy'],
  group_lines: 40,
  context_lines: 4,
  context: 'planned',
  concurrency: 4,
  other_projects: 'offer',
};
const before = valuesOf(settings);

test('only changes are sent, and an emptied field removes its setting', () => {
  expect(changeOf(before, before)).toEqual({});
  expect(
    changeOf(before, {
      ...before,
      provider: ' ',
      limit_usd: '0,25',
      group_lines: '60',
      include: 'a.rpy, b/*.rpy,',
      name: ' ',
    }),
  ).toEqual({ provider: null, limit_usd: 0.25, group_lines: 60, include: ['a.rpy', 'b/*.rpy'] });
  expect(changeOf(before, { ...before, limit_usd: '', include: '' })).toEqual({
    limit_usd: null,
    include: null,
  });
});

test('an invalid number is reported before it is sent', () => {
  const wrong = { ...before, limit_usd: '-1', group_lines: '0', context_lines: '1.5', concurrency: 'many' };
  expect(wrongNumbers(wrong)).toEqual(['limit_usd', 'group_lines', 'context_lines', 'concurrency']);
  expect(wrongNumbers({ ...before, limit_usd: '', group_lines: '200' })).toEqual([]);
  const tiny = valuesOf({ ...settings, limit_usd: 0.0000001 });
  expect([tiny.limit_usd, wrongNumbers(tiny)]).toEqual(['0.0000001', []]);
});
