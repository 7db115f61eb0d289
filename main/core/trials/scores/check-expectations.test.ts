import { describe, expect, test } from 'vitest';
import { checkExpectations, mentionsTerm } from './check-expectations.ts';
import { expectation } from './expectation.ts';
import { isInLanguage, type TestableLanguage } from '../../translation/text/text-language.ts';

const check = (fields: Record<string, unknown>, reply: unknown) => {
  const [result] = checkExpectations([expectation.parse({ id: 'it', ...fields })], reply);
  return result?.ok ? true : result?.message;
};

describe('expectations', () => {
  const reply = {
    beats: [{ text: 'Rain on the roof.' }, { text: 'She waits.' }],
    outcome: 'kaede',
    hooks: [],
    n: null,
  };
  test.each<[Record<string, unknown>, true | RegExp]>([
    [{ kind: 'mentions', at: 'beats[].text', any: ['snow', 'RAIN'] }, true],
    [{ kind: 'mentions', at: 'beats[].text', any: ['rai'] }, /none of "rai"/],
    [{ kind: 'lacks', at: ['beats[].text', 'outcome'], none: ['blood'] }, true],
    [{ kind: 'lacks', at: ['beats[].text', 'outcome'], none: ['Kaede'] }, /it has "Kaede"/],
    [{ kind: 'one_of', at: 'outcome', values: ['kaede', 'draw'] }, true],
    [{ kind: 'one_of', at: 'outcome', values: ['bron'] }, /"kaede" is not among "bron"/],
    [{ kind: 'one_of', at: 'n', values: [null] }, true],
    [{ kind: 'one_of', at: 'n', values: ['a'] }, /null is not among/],
    [{ kind: 'includes', at: 'beats[].text', values: ['She waits.'] }, true],
    [{ kind: 'includes', at: 'beats[].text', values: ['He waits.'] }, /is not there/],
    [{ kind: 'characters', at: 'beats[].text', min: 27, max: 27 }, true],
    [{ kind: 'characters', at: 'beats[].text', max: 26 }, /27 characters, at most 26/],
    [{ kind: 'count', at: 'beats[]', min: 2, max: 2 }, true],
    [{ kind: 'count', at: 'hooks[]', min: 1 }, /0 values, at least 1/],
    [{ kind: 'language', at: 'beats[].text', language: 'en' }, true],
    [{ kind: 'language', at: 'beats[].text', language: 'ja' }, /not in "ja"/],
    [{ kind: 'language', at: 'n', language: 'ja' }, /no text to judge/],
    [{ kind: 'count', at: 'events[]', max: 3 }, /the reply has no events\[\]/],
    [{ kind: 'lacks', at: 'beats.text', none: ['x'] }, /the reply has no beats.text/],
  ])('%j', (fields, expected) => {
    const result = check(fields, reply);
    if (expected === true) expect(result).toBe(true);
    else expect(result).toMatch(expected);
  });

  test('of a module without a schema, the text is the whole reply', () => {
    expect(check({ kind: 'mentions', at: '', any: ['nine'] }, 'At nine.')).toBe(true);
  });

  test('fail without a reply, even those for absent text', () => {
    expect(check({ kind: 'lacks', at: '', none: ['x'] }, undefined)).toBe('there is no reply');
    expect(check({ kind: 'lacks', at: 'a.b', none: ['x'] }, undefined)).toBe('the reply has no a.b');
  });

  test('with bounds that no reply can meet, or without effect, are refused', () => {
    const bad = (fields: Record<string, unknown>) =>
      expectation.safeParse({ id: 'it', at: '', ...fields }).error?.message;
    expect(bad({ kind: 'characters', min: 5, max: 4 })).toContain('greater than');
    expect(bad({ kind: 'count' })).toContain('needs \\"min\\" or \\"max\\"');
    expect(bad({ kind: 'mentions', any: [] })).toBeDefined();
  });
});

test.each([
  ['Ann came', 'Ann', true],
  ['Anna came', 'Ann', false],
  ['the ANN', 'Ann', true],
  ['アンナは', 'アンナ', true],
  ['アンナは', 'アン', false],
  ['サーバー', 'サーバ', false],
  ['鯨鐘が', '鯨鐘', true],
  ['a (b) c', '(b)', true],
  ['anything', '', false],
])('%s has %s: %s', (text, term, expected) => {
  expect(mentionsTerm(text, term)).toBe(expected);
});

test.each<[TestableLanguage, string, boolean | null]>([
  ['en', 'She waits at the pier, and the rain does not stop.', true],
  ['en', 'Sie wartet am Pier, und der Regen hört nicht auf.', false],
  ['en', '彼女は待っている。', false],
  ['en', 'Ren.', true],
  ['en', '…!?', null],
  ['de', 'Sie wartet am Pier, und der Regen hört nicht auf.', true],
  ['fr', "Elle attend sur le quai, et la pluie ne s'arrête pas.", true],
  ['fr', 'She waits at the pier, and the rain does not stop.', false],
  ['es', 'Ella espera en el muelle y la lluvia no para.', true],
  ['ja', '彼女は桟橋で待っている。', true],
  ['ja', 'ｗｗｗ電波あるの？　Ｔシャツで来て', true],
  ['ja', '她在码头等着。', false],
  ['ja', 'She said あ', false],
  ['zh', '她在码头等着。', true],
  ['zh', '彼女は待つ。', false],
  ['ko', '그녀는 기다린다.', true],
  ['ru', 'Она ждёт.', true],
])('%s: %s', (language, text, expected) => {
  expect(isInLanguage(text, language)).toBe(expected);
});
