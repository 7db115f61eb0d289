import { expect, test } from 'vitest';
import { paramRows, startOf, withParam } from './param-rows.ts';

const none = { options: {}, base: {}, inherited: {}, rules: [], added: [] };
const rowOf = (input: Partial<Parameters<typeof paramRows>[0]>, name: string) => {
  const row = paramRows({ ...none, ...input }).find((one) => one.name === name);
  if (!row) throw new Error(`no row ${name}`);
  return row;
};

test('omitted, inherited and set are three states, and 0 is a set value', () => {
  const options = { temperature: 0, top_p: null };
  expect(rowOf({ options }, 'temperature').state).toBe('set');
  expect(rowOf({ options }, 'top_p').state).toBe('omit');
  expect(rowOf({ options }, 'seed').state).toBe('inherit');
});

test('omitting an inherited value is a change', () => {
  expect(rowOf({ options: { top_p: null } }, 'top_p').changed).toBe(true);
  expect(rowOf({ options: { top_p: 0.8 }, base: { top_p: 0.8 } }, 'top_p').changed).toBe(false);
});

test('a parameter known only to the base or the model is listed too', () => {
  const rows = paramRows({
    ...none,
    base: { top_k: 3 },
    inherited: { min_p: { value: 0.1, from: 'model' } },
    added: ['odd'],
  });
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['top_k', 'min_p', 'odd']));
});

test('a range comes from the model’s rule, if it has one', () => {
  const rules = [{ rule: 'range' as const, param: 'temperature', min: 0, max: 1 }];
  expect(rowOf({ rules }, 'temperature').max).toBe(1);
  expect(rowOf({}, 'temperature').max).toBe(2);
});

test('inheriting removes the option, instead of setting it to null', () => {
  expect(withParam({ temperature: 1, top_p: 0.5 }, 'top_p', 'inherit')).toEqual({ temperature: 1 });
  expect(withParam({ temperature: 1 }, 'top_p', 'omit')).toEqual({ temperature: 1, top_p: null });
});

test('setting starts with the value that would have been sent', () => {
  const inherited = { top_p: { value: 0.8, from: 'model' as const } };
  expect(startOf(rowOf({ inherited }, 'top_p'), {})).toBe(0.8);
  expect(startOf(rowOf({ inherited }, 'top_p'), { top_p: 0.3 })).toBe(0.3);
});
