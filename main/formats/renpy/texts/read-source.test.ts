import { describe, expect, it } from 'vitest';
import { readText, unitsOf } from '../__fixtures__/read-units.ts';
import { DEFAULT_GAME } from '../script/scan.ts';

/** The identifiers in these tests come from Ren'Py 8.0.3. */
describe('reading the scripts of a game', () => {
  it("gives lines Ren'Py's own identifiers, with a number if a line repeats", () => {
    const script = 'label start:\n    "Sure!"\n    "Sure!"\n    return\n';
    const [first, second] = unitsOf(script);
    expect(first!.key).toMatch(/^start_[0-9a-f]{8}$/u);
    expect(second!.key).toBe(`${first!.key}_1`);
    expect(unitsOf('label rightaway:\n    s "Sure!"\n')[0]!.key).toBe('rightaway_ed1dfb9d');
    expect(unitsOf('label rightaway:\n    m "Good..."\n')[0]!.key).toBe('rightaway_f5f51c33');
  });

  it('keeps the keys of unchanged lines when lines are added, removed and changed around them', () => {
    const before = 'label a:\n    e "One."\n    e "Two."\n    e "Three."\n';
    const after = 'label b:\n    "New."\nlabel a:\n    e "Two."\n    "Added."\n    e "Three, changed."\n';
    const [, two, three] = unitsOf(before);
    const updated = unitsOf(after);
    expect(updated.find(({ source }) => source === 'Two.')!.key).toBe(two!.key);
    expect(updated.map(({ key }) => key)).not.toContain(three!.key);
  });

  it.each([
    ['"Text."', 'Text.', undefined],
    ["'Single \\'quotes\\'.'", "Single 'quotes'.", undefined],
    ['`Back "ticks".`', 'Back "ticks".', undefined],
    ['e "Said."', 'Said.', 'Eileen'],
    ['e happy -sad @ wow "Attributes."', 'Attributes.', 'Eileen'],
    ['e @ wow "Temporary."', 'Temporary.', 'Eileen'],
    ['e "Arguments." (what_size=12, x=f("a, b)"))', 'Arguments.', 'Eileen'],
    ['e "With." with Dissolve(.5)', 'With.', 'Eileen'],
    ['e "No interaction." nointeract', 'No interaction.', 'Eileen'],
    ['"Guest" "A string speaks."', 'A string speaks.', 'Guest'],
    ['_("Guest") "A marked string speaks."', 'A marked string speaks.', 'Guest'],
    ['centered "In the middle."', 'In the middle.', undefined],
    ['unknown "Nobody defined it."', 'Nobody defined it.', 'unknown'],
    ['e "Folds   spaces\n       and lines."', 'Folds spaces and lines.', 'Eileen'],
    ['e "Keeps \\ \\ escaped \\nones."', 'Keeps   escaped \nones.', 'Eileen'],
    ['e "{b}[name!t]{/b} {{ [[ %(x)s 100%%"', '{b}[name!t]{/b} {{ [[ %(x)s 100%%', 'Eileen'],
    ['e "\\{ \\[ \\% \\" \\\\ \\u00e9"', '{{ [[ %% " \\ é', 'Eileen'],
    ['e r"Raw \\n  [["', 'Raw \\n  [[', 'Eileen'],
    ['e "Hash # inside" # and "outside"', 'Hash # inside', 'Eileen'],
  ])('reads %s', (statement, source, speaker) => {
    const [unit] = unitsOf(`define e = Character("Eileen")\nlabel start:\n    ${statement}\n`).slice(
      statement.startsWith('_(') ? 1 : 0,
    );
    expect(unit).toMatchObject({ source, scene: 'start' });
    expect(unit!.speaker).toBe(speaker);
  });

  it('reads each paragraph of triple-quoted text as its own line', () => {
    const script = 'label a:\n    e """\n    One\n    goes on.\n\n    Two \\"quoted\\".\n    """\n';
    const { units, spans } = readText(script);
    expect(units.map(({ source }) => source)).toEqual(['One goes on.', 'Two "quoted".']);
    expect(script.slice(spans[1]!.from, spans[1]!.to)).toBe('Two \\"quoted\\".');
  });

  it('names the speaker that an extend continues', () => {
    const units = unitsOf(
      'define e = Character("Eileen")\nlabel a:\n    e "One"\n    extend " two."\n    "Three."\n',
    );
    expect(units.map(({ speaker }) => speaker)).toEqual(['Eileen', 'Eileen', undefined]);
  });

  it('reads captions, choices and text in a menu, and the lines below choices', () => {
    const units = unitsOf(
      'label a:\n    menu pick:\n        e "Well?"\n        set seen\n        "Yes (50%%)" (icon="x") if ok:\n            e "Fine."\n        "No":\n            pass\n',
    );
    expect(units.map(({ source }) => source)).toEqual(['Well?', 'Yes (50%)', 'Fine.', 'No']);
    expect(units.map(({ key }) => key.startsWith('strings:'))).toEqual([false, true, false, true]);
    expect(units.map(({ scene }) => scene)).toEqual(['pick', 'pick', 'pick', 'pick']);
  });

  it('reads marked texts everywhere, each once', () => {
    const units = unitsOf(
      [
        'define config.name = _("Name")',
        'screen s():',
        '    text _("Shown") # _("not this")',
        '    textbutton __(\'Shown\') action f(_("In it"), _(u"s\\u00e9\\x41"))',
        'init python:',
        '    x = [ _("a" "b"), foo_("c"), _(name) ]',
        '    y = _p("""',
        '        One',
        '        line.',
        '',
        '        Two.',
        '        """)',
        '',
      ].join('\n'),
    );
    expect(units.map(({ source }) => source)).toEqual(['Name', 'Shown', 'In it', 'séA', 'One line.\n\nTwo.']);
    expect(units[0]!.key).toBe('strings:Name');
  });

  it('attaches voice and nvl commands to the next line, as the engine does', () => {
    const plain = unitsOf('label a:\n    e "Line."\n')[0]!;
    const voiced = unitsOf('label a:\n    voice "a.ogg"\n    nvl clear\n    e "Line."\n')[0]!;
    expect(voiced.source).toBe('Line.');
    expect(voiced.key).not.toBe(plain.key);
    const sayOnly = { ...DEFAULT_GAME, sayOnlyIdentifiers: true };
    const options = { renpy: sayOnly };
    expect(unitsOf('label a:\n    voice "a.ogg"\n    e "Line."\n', undefined, options)[0]!.key).toBe(
      plain.key,
    );
  });

  it('names a line by its id clause, and reports its earlier identifier', () => {
    const [before] = unitsOf('label a:\n    call b\n    e "Line." id\n'.replace(' id', ''));
    const [after] = unitsOf('label a:\n    call b\n    e "Line." id my_line\n');
    expect(after).toMatchObject({ key: 'my_line', source: 'Line.' });
    expect(after!.aliases).toHaveLength(1);
    expect(before!.key).toMatch(/^a_[0-9a-f]{8}$/u);
  });

  it('keeps the first of two lines with the same id, and reports the second', () => {
    const { units, warnings } = readText('label a:\n    "One." id x\n    "Two." id x\n');
    expect(units.map(({ source }) => source)).toEqual(['One.']);
    expect(warnings.map(({ message }) => message)).toEqual([
      'Line 3: the id "x" occurs twice, which the engine rejects. The second line was skipped.',
    ]);
  });

  it('gives two identifiers to lines below a label that a tool generated', () => {
    const [unit] = unitsOf('label a:\n    call b from _call_b\n    e "Line."\n');
    const digest = unit!.key.slice(2);
    expect(unit).toMatchObject({ key: `a_${digest}`, aliases: [`_call_b_${digest}`], scene: 'a' });
  });

  it('names lines after a hidden label by the label before it', () => {
    const units = unitsOf('label a:\n    "One."\nlabel b hide:\n    "Two."\n');
    expect(units.map(({ key }) => key.slice(0, 2))).toEqual(['a_', 'a_']);
  });

  it('gives the same keys for any line endings', () => {
    const script =
      'label a:\n    voice "a.ogg"\n    e "One." (a,\n        b)\n    menu:\n        "Two":\n            pass\n';
    const keys = (text: string) => unitsOf(text).map(({ key }) => key);
    expect(keys(script.replaceAll('\n', '\r\n'))).toEqual(keys(script));
  });

  it('reads lines in conditions, loops, init blocks and local labels', () => {
    const units = unitsOf(
      'label a:\n    if x == ":":\n        "One."\n    elif y:\n        "Two."\n    else:\n        "Three."\n    while z:\n        "Four."\n    label .local:\n        "Five."\ninit:\n    label later:\n        "Six."\n',
    );
    expect(units.map(({ source }) => source)).toEqual(['One.', 'Two.', 'Three.', 'Four.', 'Five.', 'Six.']);
    expect(units.map(({ key }) => key.replace(/_[0-9a-f]{8}$/u, ''))).toEqual([
      'a',
      'a',
      'a',
      'a',
      'a_local',
      'later',
    ]);
  });

  it('skips texts that are not marked for translation', () => {
    const script =
      'label a:\n    show eileen "x" at left\n    play music "a.ogg"\n    $ s = "text"\n    python:\n        t = "text"\n    jump b\nscreen s():\n    text "unmarked"\nimage x:\n    "a.png"\n    pause 1\nstyle y:\n    font "a.ttf"\n';
    expect(readText(script)).toMatchObject({ units: [], warnings: [] });
  });

  it('reads the block of an unknown statement if all of it is script', () => {
    const read = readText(
      'label a:\n    example one:\n        e "Inside."\n    gallery two:\n        image "x" at left:\n            y\n',
    );
    expect(read.units.map(({ source }) => source)).toEqual(['Inside.']);
    expect(read.warnings.map(({ message }) => message)).toEqual([
      'Line 4: "gallery" is not a statement of Ren\'Py. What is below it was not read as script.',
    ]);
  });

  it('skips the block of an unknown statement if only a part of it is script', () => {
    const read = readText('label a:\n    gallery two:\n        "Reads like a line."\n        12 by 34\n');
    expect(read.units).toEqual([]);
    expect(read.warnings).toHaveLength(1);
  });

  it("reads only marked texts of the engine's own scripts, and none for developers", () => {
    const script = 'label a:\n    "Not offered."\n$ x = _("Offered")\n';
    expect(unitsOf(script, 'renpy/common/00start.rpy').map(({ source }) => source)).toEqual(['Offered']);
    expect(unitsOf(script, 'renpy/common/_developer/developer.rpym')).toEqual([]);
  });

  it('recognises a file’s private names', () => {
    const [unit] = unitsOf('label a:\n    "[__x] and [[__y]"\n', 'game/my file.rpy');
    expect(unit!.source).toBe('[_m1_my_file__x] and [[__y]');
  });

  it('gives the right span of each text after a byte order mark, umlauts and Windows line endings', () => {
    const text = '\ufefflabel ä:\r\n    "Grüße 😀" # é\r\n    "Zwei\r\n    Zeilen"\r\n';
    const bytes = new TextEncoder().encode(text);
    const { units, spans, encoding } = readText(text);
    expect(encoding).toEqual({ name: 'utf8', byteOrderMark: true });
    expect(units.map(({ source }) => source)).toEqual(['Grüße 😀', 'Zwei Zeilen']);
    expect(spans.map(({ from, to }) => new TextDecoder().decode(bytes.subarray(from, to)))).toEqual([
      '"Grüße 😀"',
      '"Zwei\r\n    Zeilen"',
    ]);
  });
});
