import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, unitsOf, writeText } from '../__fixtures__/read-units.ts';
import { renpy } from '../format.ts';
import { DEFAULT_GAME } from '../script/scan.ts';

const path = 'game/tl/french/script.rpy';
const block = (literal: string) => `translate french a_11111111:\n\n    # e "One."\n    e ${literal}\n`;
const strings = (written: string) => `translate french strings:\n\n    old "One."\n    new ${written}\n`;

describe('writing a translation', () => {
  it.each([
    ['"Un."', 'Deux.', '"Deux."'],
    ['"Un."', 'dit "non"', '"dit \\"non\\""'],
    ["'Un.'", 'l\'un dit "non"', "'l\\'un dit \"non\"'"],
    ['`Un.`', 'a ` b', '`a \\` b`'],
    ['r"Un."', 'a\\b', '"a\\\\b"'],
    ['"Un."', 'a\nb', '"a\\nb"'],
    ['"Un."', 'a  b   c', '"a \\ b \\ \\ c"'],
    ['"Un."', 'vraiment\u202f?\u00a0oui', '"vraiment\\u202f?\\u00a0oui"'],
    ['"Un."', '\u3000日本', '"\\u3000日本"'],
    ['"Un."', '[__x] __y a__b __', '"[\\u005f_x] \\u005f_y a__b __"'],
    ['"Un."', 'a\tb\rc', '"a\\u0009b\\u000dc"'],
    ['"Un."', '{b}[x]{/b} {{ [[', '"{b}[x]{/b} {{ [["'],
    ['"Un." (a="b") with fade', 'Deux.', '"Deux." (a="b") with fade'],
    ['"Un." # note "x"', 'Deux.', '"Deux." # note "x"'],
  ])('writes e %s for the text %j', (before, target, after) => {
    expect(writeText(block(before), { a_11111111: target })).toEqual({ text: block(after), problems: [] });
  });

  it.each([
    ['100 %', '100 %%'],
    ['100%%', '100%%'],
    ['%(name)s %(n)03d 5%', '%(name)s %(n)03d 5%%'],
    ['%s', '%%s'],
  ])('doubles the percent signs of %j in dialogue, as the engine halves them', (target, written) => {
    expect(writeText(block('"Un."'), { a_11111111: target }).text).toBe(block(`"${written}"`));
    expect(writeText(strings('"Un."'), { 'strings:One.': target }).text).toBe(strings(`"${target}"`));
    const game = { ...DEFAULT_GAME, percentSubstitution: false };
    expect(writeText(block('"Un."'), { a_11111111: target }, path, { renpy: game }).text).toBe(
      block(`"${target}"`),
    );
  });

  it.each([
    ['"Un."', 'dit "non"\n\\', '"dit \\"non\\"\\n\\\\"'],
    ['"Un."', '[__x]', '"[\\x5f_x]"'],
    ["'Un.'", 'l\'un "x"', "'l\\'un \"x\"'"],
    ['_p("""\n        Un.\n        """)', 'Deux.', '"Deux."'],
    ['"U" "n"  # note', 'Deux\u3000!', '"Deux\u3000!"  # note'],
  ])('writes new %s for the text %j', (before, target, after) => {
    expect(writeText(strings(before), { 'strings:One.': target })).toEqual({
      text: strings(after),
      problems: [],
    });
  });

  it('changes nothing if the file already has the translation', () => {
    const odd = block('"Un   peu\n      plus."');
    expect(writeText(odd, { a_11111111: 'Un peu plus.' }).text).toBe(odd);
    expect(writeText(block('"One."'), { a_11111111: 'One.' }).text).toBe(block('"One."'));
  });

  it('reports a missing text, and a lone surrogate', () => {
    expect(writeText(block('"Un."'), { nothing: 'x' })).toEqual({
      text: block('"Un."'),
      problems: ['missing_unit'],
    });
    expect(writeText(block('"Un."'), { a_11111111: 'x\ud83d' })).toEqual({
      text: block('"Un."'),
      problems: ['unencodable'],
    });
  });

  it('preserves the byte order mark and line endings', () => {
    const before = `\ufeff${block('"Un."')}`.replaceAll('\n', '\r\n');
    const after = `\ufeff${block('"Deux."')}`.replaceAll('\n', '\r\n');
    expect(writeText(before, { a_11111111: 'Deux.' }).text).toBe(after);
  });

  it('replaces every occurrence of a source’s text', () => {
    const source =
      'define x = _("One")\nlabel a:\n    e "Line" with fade\n    """\n    Two\n    lines.\n\n    More.\n    """\n    menu:\n        "One":\n            $ y = _(\'One\')\n';
    const keys = new Map(unitsOf(source).map((unit) => [unit.source, unit.key]));
    const targets = {
      [keys.get('One')!]: '5 % "x"',
      [keys.get('Line')!]: 'Zeile',
      [keys.get('Two lines.')!]: 'Zwei "\nZeilen',
    };
    expect(writeText(source, targets, 'game/script.rpy').text).toBe(
      'define x = _("5 % \\"x\\"")\nlabel a:\n    e "Zeile" with fade\n    """\n    Zwei \\"\\nZeilen\n\n    More.\n    """\n    menu:\n        "5 %% \\"x\\"":\n            $ y = _(\'5 % "x"\')\n',
    );
  });

  it('writes any text so that it is read back unchanged', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    const odd = fc.array(fc.constantFrom(...' \t\r\n\\"\'`{}[]%#_()：　 \u2028\u0085n u0'), {
      maxLength: 12,
    });
    const target = fc
      .tuple(text, odd, text)
      .map(([a, b, c]) => a + b.join('') + c)
      .filter((value) => !value.includes('%') && value !== 'One.');
    const quoted = fc.constantFrom('"Un."', "'Un.'", '`Un.`', 'r"Un."');
    fc.assert(
      fc.property(quoted, target, (before, value) => {
        const written = writeText(block(before), { a_11111111: value });
        expect(written.problems).toEqual([]);
        expect(unitsOf(written.text, path)).toMatchObject([
          { key: 'a_11111111', source: 'One.', target: value },
        ]);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.constantFrom('"Un."', "'Un.'", '_p("Un.")'), target, (before, value) => {
        const written = writeText(strings(before), { 'strings:One.': value });
        expect(unitsOf(written.text, path)).toMatchObject([{ key: 'strings:One.', target: value }]);
      }),
      { numRuns: 500 },
    );
  });

  it('writes the outer of two nested texts, and reports the inner one', () => {
    const source = 'label a:\n    e "See _(\'inner\')."\n';
    const units = unitsOf(source);
    expect(units.map(({ source }) => source)).toEqual(["See _('inner').", 'inner']);
    const targets = Object.fromEntries(units.map(({ key }, index) => [key, `${index}`]));
    expect(writeText(source, targets, 'game/script.rpy')).toEqual({
      text: 'label a:\n    e "0"\n',
      problems: ['syntax'],
    });
  });

  it('returns the same bytes without translations', () => {
    const file = bytesOf(`\ufeff${block('"Un."')}\r\n\r`);
    expect(renpy.write(file, path, new Map())).toEqual({ bytes: file, problems: [] });
  });
});
