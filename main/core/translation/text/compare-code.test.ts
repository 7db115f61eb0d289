import { describe, expect, test } from 'vitest';
import { compareCode } from './compare-code.ts';

describe('code that is preserved', () => {
  test.each([
    ['{i}今日も{/i}頑張ろう、[player]', "[player], let's do our best {i}today too{/i}"],
    ['{b}A{/b} {i}B{/i}', '{i}B{/i} {b}A{/b}'],
    ['\\C[2]剣\\C[0]と\\C[3]盾\\C[0]', 'a \\C[3]shield\\C[0] and a \\C[2]sword\\C[0]'],
    ['%(a)sは%(b)s', '%(b)s of %(a)s'],
    ['%1$sの%2$s', '%2$s of %1$s'],
    ['%sを%dに', '%s to %d'],
    ['[link target=*a]はい[endlink]', '[link target=*a]Yes[endlink]'],
    ['待って{nw}', 'Wait{nw}'],
    ['{w}待って', 'Wait{w}'],
    ['100%確か', '100% sure'],
    ['[[施錠]', '[[Locked]'],
    ['', ''],
  ])('%s → %s', (source, target) => {
    expect(compareCode(source, target)).toMatchObject({
      isSame: true,
      missing: [],
      added: [],
      misplaced: [],
    });
  });
});

describe('code that differs', () => {
  test.each<[string, string, Partial<ReturnType<typeof compareCode>>]>([
    ['{i}あ{/i}', '{i}a', { missing: ['{/i}'] }],
    ['[name]さん', 'Name', { missing: ['[name]'] }],
    ['[name]さん', '［name］', { missing: ['[name]'] }],
    ['[name]さん', '[Name]', { missing: ['[name]'], added: ['[Name]'] }],
    ['{w}あ{w}', '{w}a', { missing: ['{w}'] }],
    ['あ', '{i}a{/i}', { added: ['{i}', '{/i}'] }],
    ['[[施錠]', '[Locked]', { added: ['[Locked]'] }],
    ['あ\\nい', 'a i', { missing: ['\\n'] }],
    ['%03d個', '%d pieces', { missing: ['%03d'], added: ['%d'] }],
    ['{i}あ{/i}', '{/i}a{i}', { misplaced: ['{/i}'] }],
    ['{b}{i}あ{/i}{/b}', '{b}{i}a{/b}{/i}', { misplaced: ['{/b}'] }],
    ['\\C[2]剣\\C[0]', '\\C[0]sword\\C[2]', { misplaced: ['\\C[0]'] }],
    ['[link target=*a]はい[endlink]', '[endlink]Yes[link target=*a]', { misplaced: ['[endlink]'] }],
    ['%sを%dに', '%d: %s', { misplaced: ['%d', '%s'] }],
    ['待って{nw}', '{nw}Wait', { misplaced: ['{nw}'] }],
    ['待って\\^', 'Wait\\^ a moment', { misplaced: ['\\^'] }],
  ])('%s → %s', (source, target, expected) => {
    const none = { missing: [], added: [], misplaced: [] };
    expect(compareCode(source, target)).toEqual({
      isSame: false,
      hasCode: expect.any(Boolean),
      ...none,
      ...expected,
    });
  });
});

test('if the source’s tags are not closed properly, the translation’s need not be either', () => {
  expect(compareCode('{/i}あ{i}い{/i}', '{i}a{/i}b{/i}').isSame).toBe(true);
});

test('reports whether there was code to preserve', () => {
  expect(compareCode('あ', 'a').hasCode).toBe(false);
  expect(compareCode('[name]', '[name]').hasCode).toBe(true);
});
