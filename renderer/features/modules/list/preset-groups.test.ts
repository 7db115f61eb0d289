import { expect, test } from 'vitest';
import type { PresetForms } from '../../../../contract/user-preset.ts';
import { inListOrder, matchesFilter, neighbourOf } from './preset-groups.ts';

function preset(id: string, origin: PresetForms['origin'], model = 'm'): PresetForms {
  const current = { model, provider: 'openai_public' };
  return { id, origin, current } as unknown as PresetForms;
}

// Files may rank a local preset before the shortlist; the list shows it after.
const presets = [preset('local', 'local'), preset('first', 'shortlist-2024-10'), preset('mine', 'user')];

test('the keys go through the presets in the order in which the list shows them', () => {
  expect(inListOrder(presets).map(({ id }) => id)).toEqual(['first', 'local', 'mine']);
  expect(neighbourOf(presets, 'first', 1)).toBe('local');
  expect(neighbourOf(presets, 'mine', -1)).toBe('local');
});

test('at either end a step stays where it is', () => {
  expect(neighbourOf(presets, 'first', -1)).toBe('first');
  expect(neighbourOf(presets, 'mine', 1)).toBe('mine');
});

test('words of a filter may be in any order and in any of the preset’s names', () => {
  const one = preset('translate-02', 'local', 'gpt-4o-mini');
  expect(matchesFilter(one, 'Translate', 'MINI openai')).toBe(true);
  expect(matchesFilter(one, 'Translate', 'translate 02 ')).toBe(true);
  expect(matchesFilter(one, 'Translate', 'mini claude')).toBe(false);
});
