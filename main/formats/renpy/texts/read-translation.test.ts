import { describe, expect, it } from 'vitest';
import { readText, unitsOf, writeText } from '../__fixtures__/read-units.ts';

const path = 'game/tl/french/script.rpy';

const FILE = `\ufeff# TODO: Translation updated at 2020-01-01 10:00

# game/script.rpy:19
translate french start_915cb944:

    # e happy "Hello [name]."
    e happy "Bonjour [name]."

# game/script.rpy:21
translate french start_d48fb984_1:

    # "Not yet."
    "Not yet."

translate french strings:

    # game/script.rpy:52
    old "To ask her \\"right\\" away."
    new "Lui demander."

    old "Empty"
    new ""

    old 'Joined ' 'text'
    new _p("""
        Deux
        lignes.
        """)
`;

describe('reading a translation', () => {
  it('reads dialogue and strings under the keys of the source', () => {
    expect(unitsOf(FILE, path, { speakers: { e: 'Eileen' } })).toEqual([
      {
        key: 'start_915cb944',
        source: 'Hello [name].',
        target: 'Bonjour [name].',
        speaker: 'Eileen',
        scene: 'start',
      },
      { key: 'start_d48fb984_1', source: 'Not yet.', scene: 'start' },
      {
        key: 'strings:To ask her "right" away.',
        source: 'To ask her "right" away.',
        target: 'Lui demander.',
      },
      { key: 'strings:Empty', source: 'Empty' },
      { key: 'strings:Joined text', source: 'Joined text', target: 'Deux lignes.' },
    ]);
  });

  it('treats a text equal to its source as untranslated, as in generated files', () => {
    expect(unitsOf(FILE, path)[1]).not.toHaveProperty('target');
    const strings = 'translate french strings:\n    old "a"\n    new "a"\n';
    expect(unitsOf(strings, path)).toEqual([{ key: 'strings:a', source: 'a' }]);
  });

  it('has the same keys as the game', () => {
    const source = 'label rightaway:\n    s "Hi there! How was class?"\n';
    const translation =
      'translate french rightaway_cf214f74:\n\n    # s "Hi there! How was class?"\n    s "Salut !"\n';
    expect(unitsOf(translation, path)[0]!.key).toBe(unitsOf(source)[0]!.key);
  });

  it.each([
    ['several lines', '    # e "One."\n    e "Un."\n    e "Deux."\n'],
    ['no line at all', '    # e "One."\n    pass\n'],
    ['a line below a condition', '    # e "One."\n    if x:\n        e "Un."\n'],
    ['Python only', '    # e "One."\n    $ renpy.pause(1)\n'],
    ['triple quotes', '    # e "One."\n    e """\n    Un.\n\n    Deux.\n    """\n'],
  ])('leaves a block with %s as it is, with the reason', (_name, body) => {
    const file = `translate french a_11111111:\n\n${body}`;
    const [unit] = unitsOf(file, path);
    expect(unit).toMatchObject({ key: 'a_11111111', source: 'One.' });
    expect(unit!.readOnly).toContain('Line 1');
    expect(writeText(file, { a_11111111: 'Autre.' })).toEqual({ text: file, problems: ['syntax'] });
  });

  it('replaces only the text of a block that has voice, nvl commands, Python and comments', () => {
    const body = (text: string) =>
      `translate french a_11111111:\n    # Mind the tone!\n    # voice "a.ogg"\n    # nvl clear\n    # e "One."\n    voice "fr/a.ogg" # better\n    nvl clear\n    $ x = 1\n    e happy "${text}" (what_size=3) with fade # checked\n`;
    expect(unitsOf(body('Un.'), path)[0]).toMatchObject({ source: 'One.', target: 'Un.' });
    expect(writeText(body('Un.'), { a_11111111: 'Autre.' })).toEqual({ text: body('Autre.'), problems: [] });
  });

  it('uses the comment with the same speaker as the source if notes look like dialogue', () => {
    const file = 'translate french a_11111111:\n    # todo "ask the author"\n    # e "One."\n    e "Un."\n';
    expect(unitsOf(file, path)[0]).toMatchObject({ source: 'One.', target: 'Un.' });
  });

  it('gives an empty source if the comment was deleted', () => {
    expect(unitsOf('translate french a_11111111:\n    e "Un."\n', path)[0]).toMatchObject({
      source: '',
      target: 'Un.',
    });
  });

  it('reads only the language of the folder, and reports another one', () => {
    const file =
      'translate german a_11111111:\n    # "A"\n    "B"\ntranslate french a_11111111:\n    # "A"\n    "C"\n';
    expect(unitsOf(file, path).map(({ target }) => target)).toEqual(['C']);
    expect(readText(file, path).warnings[0]?.message).toContain('"german"');
    expect(unitsOf(file, path, { targetLanguage: 'german' }).map(({ target }) => target)).toEqual(['B']);
  });

  it('skips styles, Python and the default language', () => {
    const file =
      'translate french python:\n    gui.text_font = _("a.ttf")\ntranslate french style default:\n    font "a.ttf"\ntranslate None strings:\n    old "a"\n    new "b"\n';
    expect(readText(file, path)).toMatchObject({ units: [], warnings: [] });
  });

  it('keeps the first of two translations of one text, and reports the second', () => {
    const file = 'translate french strings:\n    old "a"\n    new "b"\n    old "a"\n    new "c"\n';
    const read = readText(file, path);
    expect(read.units.map(({ target }) => target)).toEqual(['b']);
    expect(read.warnings).toHaveLength(1);
  });

  it('leaves a computed translation as it is', () => {
    const file = 'translate french strings:\n    old "a"\n    new "b" + str(c)\n';
    expect(unitsOf(file, path)[0]).toMatchObject({
      key: 'strings:a',
      readOnly: expect.stringContaining('Line 2'),
    });
    expect(writeText(file, { 'strings:a': 'x' })).toEqual({ text: file, problems: ['syntax'] });
  });
});
