import { expect, test } from 'vitest';
import type { PresetForms } from '../../../../contract/user-preset.ts';
import { inListOrder, matchesFilter, neighbourOf, presetGroups } from './preset-groups.ts';

function preset(id: string, origin: PresetForms['origin'], model = 'm', status = 'active'): PresetForms {
  const current = { model, provider: 'openai_public', lifecycle: { status } };
  return { id, origin, current } as unknown as PresetForms;
}

const presets = [preset('listed', 'shortlist-2024-10'), preset('local', 'local'), preset('mine', 'user')];

test('keys move through the presets in the order of the list', () => {
  expect(inListOrder(presets).map(({ id }) => id)).toEqual(['mine', 'local', 'listed']);
  expect(neighbourOf(presets, 'mine', 1)).toBe('local');
  expect(neighbourOf(presets, 'listed', -1)).toBe('local');
});

test('at either end a step does nothing', () => {
  expect(neighbourOf(presets, 'mine', -1)).toBe('mine');
  expect(neighbourOf(presets, 'listed', 1)).toBe('listed');
});

test('filter words match in any order and in any of a preset’s names', () => {
  const one = preset('translate-02', 'local', 'gpt-4o-mini');
  expect(matchesFilter(one, 'Translate', 'MINI openai')).toBe(true);
  expect(matchesFilter(one, 'Translate', 'translate 02 ')).toBe(true);
  expect(matchesFilter(one, 'Translate', 'mini claude')).toBe(false);
});

test('built-in presets with retired models form one group at the end; the user’s own stay in their group', () => {
  const gone = preset('gone', 'shortlist-2024-10', 'm', 'retired');
  const dying = preset('dying', 'shortlist-2024-10', 'm', 'deprecated');
  const own = preset('own', 'user', 'm', 'retired');
  const groups = presetGroups([gone, dying, own], () => true);
  expect(groups.map(({ origin, presets: all }) => [origin, ...all.map(({ id }) => id)])).toEqual([
    ['user', 'own'],
    ['shortlist-2024-10', 'dying'],
    ['retired', 'gone'],
  ]);
});
