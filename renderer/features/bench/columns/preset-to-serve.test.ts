import { expect, test } from 'vitest';
import type { PresetEntry } from '../../../../contract/module-preset.ts';
import { presetToServe } from './preset-to-serve.ts';

const base: PresetEntry = {
  id: 'base',
  rank: 1,
  origin: 'user',
  provider: 'p',
  model: 'm',
  options: { temperature: 0.3, top_p: null },
  notes: '',
};
const ran = { preset: 'base', provider: 'p', model: 'm', options: { temperature: 0.3 } };

test('a run of a preset is served by that preset, ignoring a limit on its cost', () => {
  expect(presetToServe(ran, {}, [base])).toEqual({ id: 'base' });
  expect(presetToServe(ran, { params: {}, max_cost_usd: 1 }, [base])).toEqual({ id: 'base' });
});

test('a run that overrode its preset becomes a new preset with the overrides, and still omits what the preset omits', () => {
  const served = presetToServe(ran, { params: { temperature: 0.9 }, schema: { type: 'object' } }, [base]);
  expect(served).toMatchObject({
    create: {
      provider: 'p',
      model: 'm',
      options: { temperature: 0.9, top_p: null },
      schema: { type: 'object' },
    },
  });
});

test('a model picked by hand is served by the preset that sends the same, in any order of its options', () => {
  const other = { ...base, id: 'other', options: { seed: 1, temperature: 0.3 } };
  const picked = { preset: null, provider: 'p', model: 'm', options: { temperature: 0.3, seed: 1 } };
  expect(presetToServe(picked, {}, [base, other])).toEqual({ id: 'other' });
  expect(presetToServe(picked, { schema: null }, [base, other])).toMatchObject({ create: { schema: null } });
});

test('a preset with a schema or provider options of its own does not serve a run without them', () => {
  const picked = { preset: null, provider: 'p', model: 'm', options: { temperature: 0.3 } };
  for (const own of [{ schema: { type: 'object' } }, { provider_options: { body: { effort: 'low' } } }]) {
    const differing = { ...base, options: picked.options, ...own };
    expect(presetToServe(picked, {}, [differing])).toMatchObject({ create: { options: picked.options } });
  }
});

test('provider options of a run are merged into those of its preset, field by field', () => {
  const own = { ...base, provider_options: { body: { a: { x: 1, y: 1 } }, query: { q: '1' } } };
  const served = presetToServe(ran, { provider_options: { body: { a: { y: 2 } } } }, [own]);
  expect(served).toMatchObject({
    create: { provider_options: { body: { a: { x: 1, y: 2 } }, query: { q: '1' } } },
  });
});
