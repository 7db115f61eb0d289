import { describe, expect, it } from 'vitest';
import { bytesOf } from '../__fixtures__/read-units.ts';
import { renpy } from '../format.ts';

function survey(...texts: string[]) {
  return renpy.survey!(texts.map((text, index) => ({ path: `game/${index}.rpy`, bytes: bytesOf(text) })));
}

describe('the survey of a game', () => {
  it.each([
    ['define e = Character("Eileen")', { e: 'Eileen' }],
    ["define -2 e = Character(_('Eileen'), color='#fff')", { e: 'Eileen' }],
    ['default e = Character(name="Eileen", image="e")', { e: 'Eileen' }],
    ['define character.e = Character("Eileen")', { e: 'Eileen' }],
    ['define cast.e = Character("Eileen")', { 'cast.e': 'Eileen' }],
    ['$ e = Character("Eileen")', { e: 'Eileen' }],
    ['init python:\n    e = ADVCharacter("Eileen")\n    f = NVLCharacter("Flo")', { e: 'Eileen', f: 'Flo' }],
    ['define e = Character("Eileen", kind=nvl)\ndefine f = Character(kind=e)', { e: 'Eileen', f: 'Eileen' }],
    ['define f = Character(kind=e)\ndefine e = Character(kind=f)', {}],
    ['define e = DynamicCharacter("player")', { e: '[player]' }],
    ['define e = Character("player", dynamic=True)', { e: '[player]' }],
    ['define e = Character(player)', { e: '[player]' }],
    ['define e = Character("[player]")', { e: '[player]' }],
    ['define e = Character(None, kind=nvl)\ndefine f = Character()', {}],
    ['define e = Character(\n    _("Eileen"),\n    what_prefix="(",\n    )', { e: 'Eileen' }],
    ['# define e = Character("Eileen")', {}],
    ['define e = Characters("Eileen")', {}],
  ])('names the characters of %s', (script, speakers) => {
    expect(survey(`${script}\n`).speakers).toEqual(speakers);
  });

  it('finds the statements that the game registers, and reads the blocks below them', () => {
    const registering =
      'python early:\n    renpy.register_statement("part", parse=f, block="script")\n    renpy.register_statement(\n        "cue card", parse=f,\n        translatable=True)\n    renpy.register_statement("gallery", parse=f, block=True)\n';
    const options = survey(registering);
    expect(options.renpy!.statements).toEqual({
      part: { script: true, translatable: false },
      'cue card': { script: false, translatable: true },
      gallery: { script: false, translatable: false },
    });
    const script =
      'label a:\n    part x:\n        "Inside."\n    gallery y:\n        "Data"\n    cue card 3\n    "Cued."\n';
    const { units, warnings } = renpy.read(bytesOf(script), 'game/b.rpy', options);
    expect(units.map(({ source }) => source)).toEqual(['Inside.', 'Cued.']);
    expect(warnings).toEqual([]);
  });

  it('numbers equal lines before any label across files', () => {
    const options = survey('"Same."\n', '"Same."\n');
    const keyOf = (path: string) => renpy.read(bytesOf('"Same."\n'), path, options).units[0]!.key;
    expect(keyOf('game/1.rpy')).toBe(`${keyOf('game/0.rpy')}_1`);
  });

  it('numbers equal lines below labels that differ only by a dot, and changes no other file', () => {
    const scripts = [
      'label a:\n    pass\nlabel .b:\n    "Same."\n',
      'label c:\n    "Same."\n',
      'label a_b:\n    "Same."\n',
    ];
    const options = survey(...scripts);
    const keys = scripts.map(
      (text, at) => renpy.read(bytesOf(text), `game/${at}.rpy`, options).units[0]!.key,
    );
    expect(keys[2]).toBe(`${keys[0]}_1`);
    expect(Object.keys(options.renpy!.taken)).toEqual(['game/2.rpy']);
  });

  it('numbers a line if an id clause of an earlier file uses its identifier', () => {
    const key = renpy.read(bytesOf('label a:\n    "Same."\n'), 'game/1.rpy', survey('')).units[0]!.key;
    const options = survey(`label z:\n    "Other." id ${key}\n`, 'label a:\n    "Same."\n');
    expect(renpy.read(bytesOf('label a:\n    "Same."\n'), 'game/1.rpy', options).units[0]!.key).toBe(
      `${key}_1`,
    );
  });

  it('reads a script twice, and a third time if it shares a label with another', () => {
    const reads: string[] = [];
    const scripts = { a: 'label a:\n    "Same."\n', b: '"Same."\n', c: '"Same."\n' };
    const sources = Object.entries(scripts).map(([name, text]) => ({
      path: `game/${name}.rpy`,
      get bytes() {
        reads.push(name);
        return bytesOf(text);
      },
    }));
    renpy.survey!(sources);
    expect(reads.join('')).toBe('abcabcbc');
  });

  it('reads the engine’s settings that change identifiers and texts', () => {
    expect(survey('').renpy).toMatchObject({ sayOnlyIdentifiers: false, percentSubstitution: true });
    expect(
      survey(
        'define config.tlid_only_considers_say = True\ninit python:\n    config.old_substitutions = False\n',
      ).renpy,
    ).toMatchObject({ sayOnlyIdentifiers: true, percentSubstitution: false });
  });

  it.each([
    ['game/script_version.txt', '(8, 0, 3)', [false, false, false]],
    ['game/script_version.txt', '(7, 6, 1)', [true, false, false]],
    ['game/script_version.txt', '(6, 99, 12)', [false, false, false]],
    ['renpy/vc_version.py', "branch = 'fix'\nversion = '8.3.7.25031702'\n", [true, true, false]],
    ['renpy/__init__.py', 'if PY2:\n    version_tuple = (7, 5, 3, vc_version)\n', [false, false, false]],
    ['My Game/log.txt', "Sun Nov 29\nWindows-10\nRen'Py 8.5.1.25120101\n", [true, true, true]],
    ['My Game/log.txt', 'nothing', [false, false, false]],
  ])('reads what differs between versions from %s: %s', (path, text, expected) => {
    const game = renpy.survey!([{ path, bytes: bytesOf(text) }]).renpy!;
    expect([game.asciiFolding, game.privateNamesInText, game.sayOnlyIdentifiers]).toEqual(expected);
  });

  it('prefers the version in the engine’s files to the version in log.txt', () => {
    const sources = [
      { path: 'log.txt', bytes: bytesOf("Ren'Py 8.0.3.1\n") },
      { path: 'renpy/vc_version.py', bytes: bytesOf("version = '8.4.0.1'\n") },
    ];
    expect(renpy.survey!(sources).renpy).toMatchObject({ asciiFolding: true });
  });

  it('folds only ASCII spaces, and recognises private names anywhere, as the engine does', () => {
    const script = 'label a:\n    "\u3000a\u00a0\u00a0b  c __x [[__y] __init__ a__b"\n';
    const read = (version: string) => {
      const options = renpy.survey!([{ path: 'game/script_version.txt', bytes: bytesOf(version) }]);
      return renpy.read(bytesOf(script), 'game/s.rpy', options).units[0]!.source;
    };
    expect(read('(8, 0, 0)')).toBe(' a b c __x [[__y] __init__ a__b');
    expect(read('(8, 1, 0)')).toBe('\u3000a\u00a0\u00a0b c __x [[__y] __init__ a__b');
    expect(read('(8, 3, 0)')).toBe('\u3000a\u00a0\u00a0b c _m1_s__x [[_m1_s__y] __init__ a__b');
  });

  it('skips unreadable files', () => {
    expect(survey('define e = Character("E")\n', 'label a:\n\t"x"\n', '"').speakers).toEqual({ e: 'E' });
  });
});
