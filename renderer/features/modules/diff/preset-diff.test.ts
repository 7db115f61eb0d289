import { expect, test } from 'vitest';
import { fieldChanges, presetText } from './preset-diff.ts';

const preset = { provider: 'p', model: 'm', options: { temperature: 0.1, top_p: 0.8 }, notes: 'n' };

test('an edited and an omitted parameter are two changes, even if the order of options differs', () => {
  const after = { ...preset, options: { top_p: null, temperature: 0.3 } };
  expect(fieldChanges(preset, after)).toEqual([
    { field: 'temperature', isOption: true, before: 0.1, after: 0.3 },
    { field: 'top_p', isOption: true, before: 0.8, after: null },
  ]);
});

test('turning the schema off is a change, leaving it unset is none', () => {
  expect(fieldChanges(preset, { ...preset, schema: null }).map(({ field }) => field)).toEqual(['schema']);
  expect(fieldChanges(preset, { ...preset, schema: undefined })).toEqual([]);
});

test('the order of options changes no line of the text', () => {
  const moved = { ...preset, options: { top_p: 0.8, temperature: 0.1 } };
  expect(presetText(moved)).toBe(presetText(preset));
});
