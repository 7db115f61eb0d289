import { expect, test } from 'vitest';
import { keyEntries } from './key-entries.ts';
import type { PaletteEntry } from './palette-entry.ts';
import { inGroups, matchingEntries } from './palette-entry.ts';

const entry = (label: string, change: Partial<PaletteEntry> = {}): PaletteEntry => ({
  id: label,
  label,
  group: 'Models',
  run: () => undefined,
  ...change,
});

test('words match in any order and in notes, so that "azure 4o" finds a deployment', () => {
  const entries = [entry('gpt-4o', { note: 'Azure OpenAI' }), entry('gpt-4o', { note: 'OpenRouter' })];
  expect(matchingEntries(entries, '4o AZURE')).toEqual([entries[0]]);
});

test('fewer than 200 of five thousand models are listed', () => {
  const many = Array.from({ length: 5000 }, (_, index) => entry(`model ${index}`));
  expect(matchingEntries(many, '').length).toBeLessThan(200);
  expect(matchingEntries(many, 'model 4999').map(({ label }) => label)).toEqual(['model 4999']);
});

test('an entry is listed under its existing heading', () => {
  const groups = inGroups([entry('a'), entry('b', { group: 'Views' }), entry('c')]);
  expect(groups.map(([name, entries]) => [name, entries.length])).toEqual([
    ['Models', 2],
    ['Views', 1],
  ]);
});

test('the palette does not list itself, nor any view twice', () => {
  const offered = keyEntries(['palette', 'quickSwitch', 'cancel', 'bench', 'run'], () => undefined);
  expect(offered.map(({ shortcut }) => shortcut)).toEqual(['run']);
});
