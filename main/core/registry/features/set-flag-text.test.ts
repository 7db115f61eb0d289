import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setFlagText } from './set-flag-text.ts';

const json = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4, noNullPrototype: true });
const whole = fc.record(
  { before: fc.jsonValue(), features: fc.oneof(json, fc.jsonValue()), after: fc.jsonValue() },
  { requiredKeys: [], noNullPrototype: true },
);
const text = fc
  .tuple(whole, fc.integer({ min: 0, max: 3 }))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

test('whatever stands in the file, the flag is set and the rest means what it meant', () => {
  fc.assert(
    fc.property(text, fc.boolean(), (before, enabled) => {
      const was = JSON.parse(before) as { features?: object };
      const features = isObject(was.features) ? was.features : {};
      expect(JSON.parse(setFlagText(before, 'a_flag', enabled))).toEqual({
        ...was,
        features: { ...features, a_flag: enabled },
      });
    }),
  );
});

test('set and set again, only the one value differs', () => {
  fc.assert(
    fc.property(text, (before) => {
      const on = setFlagText(before, 'a_flag', true);
      expect(setFlagText(setFlagText(on, 'a_flag', false), 'a_flag', true)).toBe(on);
    }),
  );
});
