import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches, samplesOf } from './pattern.ts';

describe('samplesOf', () => {
  test.each([
    ['^[A-Z]{2}-\\d+$', 'AA-0'],
    ['^(?:north|south)$', 'north'],
    ['^(\\d{2}:){2}\\d{2}$', '00:00:00'],
    ['\\.png$', '.png'],
    ['^[^a-c]$', 'd'],
    ['^\\p{Lu}\\w*$', 'A'],
    ['^a{2,}b?$', 'aa'],
    ['^\\u0041$', '\\u0041'],
    ['', ''],
  ])('finds a matching text for %s', (pattern, first) => {
    const [sample = 'none'] = [...samplesOf(pattern, 0)].filter((text) => matches(pattern, text) === true);
    expect(sample).toBe(first === '\\u0041' ? 'A' : first);
  });

  test('finds a matching text for any pattern of plain pieces', () => {
    const piece = fc.tuple(
      fc.constantFrom('a', '\\d', '[x-z]', '(?:b|cc)', '\\.', '[^q]'),
      fc.constantFrom('', '+', '*', '?', '{2}', '{1,3}'),
    );
    const pattern = fc
      .array(piece, { minLength: 1, maxLength: 5 })
      .map((list) => `^${list.flat().join('')}$`);
    fc.assert(
      fc.property(pattern, fc.nat(6), (source, shortest) => {
        const engine = new RegExp(source, 'u');
        const [sample] = samplesOf(source, shortest);
        expect(engine.test(sample ?? '')).toBe(true);
      }),
    );
  });
});

describe('matches', () => {
  test.each(['(?=a)a', '(a)\\1', 'a(', '[', '(?i)a', '\\k<x>', '*', 'a{2,1}'])(
    'does not judge %s, whose syntax is not supported',
    (pattern) => {
      expect(matches(pattern, 'aa')).toBeUndefined();
    },
  );

  test('agrees with the RegExp engine', () => {
    const source = fc.constantFrom('^a+$', 'b', '^(?:a|b){2}$', '^[ab]*c?$', '^a?b?c?$', '^(?:ab)+$', '');
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 }).map((list) => list.join(''));
    fc.assert(
      fc.property(source, text, (pattern, value) => {
        expect([new RegExp(pattern, 'u').test(value), undefined]).toContain(matches(pattern, value));
      }),
    );
  });

  test('gives up on a text long enough to hang a polynomial pattern', () => {
    expect(matches('^a*a*a*a*b$', 'a'.repeat(1500))).toBeUndefined();
    expect(matches('^a*b$', 'a'.repeat(500))).toBe(false);
  });
});
