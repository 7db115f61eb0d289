import { describe, expect, it } from 'vitest';
import { FormatError } from '../../define.ts';
import { collectFiles } from '../__fixtures__/collect-files.ts';
import { bytesOf, textOf } from '../__fixtures__/read-units.ts';
import { renpy } from '../format.ts';

const SCRIPT = `define e = Character(_("Eileen"))

label start:

    e happy "Hello." with dissolve
    voice "a.ogg"
    "Bye." (a=1)
    nvl clear
    jump end

    menu:
        "Yes":
            pass
`;

type Texts = Record<string, string>;

/** Translates texts by their source, and returns the files by path. */
async function exportTexts(sources: Texts, texts: Texts, targetLanguage = 'french') {
  const files = Object.entries(sources).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
  const options = { ...renpy.survey!(files), targetLanguage };
  const targets = new Map(
    files.map(({ path, bytes }) => {
      const { units } = renpy.read(bytes, path, options);
      const found = units.filter(({ source }) => Object.hasOwn(texts, source));
      return [path, new Map(found.map(({ key, source }) => [key, texts[source]!]))];
    }),
  );
  const { files: written, problems } = await collectFiles(files, targets, options);
  return { files: Object.fromEntries(written.map(({ path, bytes }) => [path, textOf(bytes)])), problems };
}

const choice = 'game/comfyvn_language_choice.rpy';
const french = 'game/tl/french/script.rpy';

describe('the files of a new language', () => {
  it('have the dialogue and strings of each source, where the engine looks for them', async () => {
    const { files, problems } = await exportTexts(
      {
        'game/script.rpy': SCRIPT,
        'game/chapters/two.rpy': '$ x = _("Two")\n',
        'renpy/common/00a.rpy': 'x = _("Quit")\n',
      },
      { 'Hello.': 'Bonjour "toi".', 'Bye.': 'Au revoir.', Yes: 'Oui', Two: 'Deux', Quit: 'Quitter' },
    );
    expect(problems).toEqual([]);
    expect(Object.keys(files).sort()).toEqual([
      choice,
      'game/tl/french/chapters/two.rpy',
      'game/tl/french/common.rpy',
      french,
    ]);
    expect(files[french]!.replaceAll(/_[0-9a-f]{8}/gu, '_ID')).toBe(`\ufeff
# game/script.rpy:5
translate french start_ID:

    # e happy "Hello." with dissolve
    e happy "Bonjour \\"toi\\"." with dissolve

# game/script.rpy:6
translate french start_ID:

    # voice "a.ogg"
    # "Bye." (a=1)
    voice "a.ogg"
    "Au revoir." (a=1)

# game/script.rpy:8
translate french start_ID:

    # nvl clear
    nvl clear

translate french strings:

    # game/script.rpy:11
    old "Yes"
    new "Oui"

`);
    expect(files['game/tl/french/common.rpy']).toContain(
      '    # renpy/common/00a.rpy:1\n    old "Quit"\n    new "Quitter"',
    );
  });

  it('leave out untranslated lines, and files that would be empty', async () => {
    const { files } = await exportTexts(
      { 'game/script.rpy': SCRIPT, 'game/b.rpy': 'label b:\n    nvl clear\n    jump b\n    "No."\n' },
      { 'Hello.': 'Bonjour.', 'Bye.': '' },
    );
    expect(Object.keys(files).sort()).toEqual([choice, french]);
    expect(files[french]).not.toContain('Bye.');
    expect((await exportTexts({ 'game/script.rpy': SCRIPT }, {})).files).toEqual({});
  });

  it('have a text of several files in the file that the engine would choose', async () => {
    const text = '$ x = _("Same")\n';
    const { files } = await exportTexts(
      {
        'game/a.rpy': text,
        'game/gui.rpy': text,
        'game/script.rpy': `\n${text}`,
        'renpy/common/00a.rpy': text,
      },
      { Same: 'Pareil' },
    );
    expect(Object.keys(files).sort()).toEqual([choice, french]);
    expect(files[french]).toContain('# game/script.rpy:2\n    old "Same"');
  });

  it('number lines that repeat across files in the engine’s loading order', async () => {
    const { files } = await exportTexts(
      { 'game/b.rpy': '"Same."\n', 'game/a.rpy': '"Same."\n"Same."\n' },
      { 'Same.': 'Pareil.' },
    );
    const names = (path: string) =>
      [...files[path]!.matchAll(/translate french [0-9a-f]+(\w*):/gu)].map(([, end]) => end);
    expect(names('game/tl/french/a.rpy')).toEqual(['', '_1']);
    expect(names('game/tl/french/b.rpy')).toEqual(['_2']);
  });

  it('are written below the game’s own folder, wherever it is', async () => {
    const { files } = await exportTexts({ 'My Game-1.0-pc/game/script.rpy': SCRIPT }, { Yes: 'Oui' });
    expect(Object.keys(files).sort()).toEqual([`My Game-1.0-pc/${choice}`, `My Game-1.0-pc/${french}`]);
    expect(files[`My Game-1.0-pc/${french}`]).toContain('# game/script.rpy:11');
  });

  it('have only strings for the default language, whose dialogue is the source', async () => {
    const { files } = await exportTexts(
      { 'game/script.rpy': SCRIPT, 'renpy/common/00a.rpy': 'x = _("Quit")\n' },
      { 'Hello.': 'Hi.', Yes: 'Yep', Quit: 'Leave' },
      'None',
    );
    expect(Object.keys(files).sort()).toEqual(['game/tl/None/common.rpym', 'game/tl/None/script.rpy']);
    expect(files['game/tl/None/script.rpy']).not.toContain('Hi.');
  });

  it('require a valid language name', async () => {
    for (const name of ['', 'pt-BR', '日本語', '../x', '1a']) {
      await expect(exportTexts({ 'game/script.rpy': SCRIPT }, {}, name)).rejects.toThrow(FormatError);
    }
  });

  it('report translations of texts that no script has', async () => {
    const files = [{ path: 'game/script.rpy', bytes: bytesOf(SCRIPT) }];
    const targets = new Map([['game/script.rpy', new Map([['start_00000000', 'x']])]]);
    expect(await collectFiles(files, targets, { targetLanguage: 'french' })).toMatchObject({
      files: [],
      problems: [{ path: 'game/script.rpy', key: 'start_00000000', code: 'missing_unit' }],
    });
  });

  it('are yielded one by one, each before the translations of the next source are requested', async () => {
    const paths = ['game/a.rpy', 'game/b.rpy', 'game/c.rpy'];
    const sources = paths.map((path, n) => ({ path, bytes: bytesOf(`label l${n}:\n    e "Hello ${n}."\n`) }));
    const options = { ...renpy.survey!(sources), targetLanguage: 'french' };
    const events: string[] = [];
    const targetsOf = (path: string) => {
      events.push(path);
      const { units } = renpy.read(sources.find((source) => source.path === path)!.bytes, path, options);
      return new Map(units.map(({ key, source }) => [key, `~${source}~`]));
    };
    for await (const { files } of renpy.translationFiles!(sources, targetsOf, options))
      for (const { path } of files) events.push(path);
    expect(events).toEqual([
      ...paths.flatMap((path) => [path, path.replace('game/', 'game/tl/french/')]),
      choice,
    ]);
  });

  it('include a text of several scripts if only one of them has its translation', async () => {
    const sources = [
      { path: 'game/script.rpy', bytes: bytesOf('$ x = _("Both")\n') },
      { path: 'game/z.rpy', bytes: bytesOf('$ y = _("Both")\n') },
    ];
    const targets = new Map([['game/z.rpy', new Map([['strings:Both', 'Les deux']])]]);
    const { files, problems } = await collectFiles(sources, targets, { targetLanguage: 'french' });
    expect(problems).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual([french, choice]);
    expect(textOf(files[0]!.bytes)).toContain('old "Both"\n    new "Les deux"');
  });

  it('let the player choose the language, without changing the game’s scripts', async () => {
    const { files } = await exportTexts({ 'game/script.rpy': SCRIPT }, { Yes: 'Oui' });
    expect(files[choice]).toContain('textbutton "French" action Language("french")');
    const again = await exportTexts({ 'game/script.rpy': SCRIPT, [choice]: files[choice]! }, { Yes: 'Oui' });
    expect(again.files[choice]).toBe(files[choice]);
    const theirs = await exportTexts({ 'game/script.rpy': SCRIPT, [choice]: '# ours\n' }, { Yes: 'Oui' });
    expect(theirs.files).not.toHaveProperty(choice);
  });
});

describe('the files of an existing language', async () => {
  const first = (await exportTexts({ 'game/script.rpy': SCRIPT }, { 'Hello.': 'Bonjour.', Yes: 'Oui' }))
    .files[french]!;

  it('keep their content, update changed translations, and get new ones at the end', async () => {
    const { files, problems } = await exportTexts(
      { 'game/script.rpy': SCRIPT, [french]: first },
      { 'Hello.': 'Salut.', 'Bye.': 'Au revoir.', Yes: 'Oui', Eileen: 'Hélène' },
    );
    expect(problems).toEqual([]);
    const changed = first.replace('Bonjour.', 'Salut.');
    expect(files[french]!.startsWith(changed)).toBe(true);
    const added = files[french]!.slice(changed.length);
    expect(added).toMatch(/^\n# game\/script\.rpy:6\ntranslate french start_[0-9a-f]{8}:\n/u);
    expect(added).toContain('old "Eileen"\n    new "Hélène"');
    expect(added).not.toContain('Yes');
    expect(added).not.toContain('nvl clear');
  });

  it('prefer a translation for the file itself to one for the source', async () => {
    const files = [
      { path: 'game/script.rpy', bytes: bytesOf(SCRIPT) },
      { path: french, bytes: bytesOf(first) },
    ];
    const hello = /start_[0-9a-f]{8}/u.exec(first)![0];
    const of = (yes: string, question: string) =>
      new Map([
        ['strings:Yes', yes],
        [hello, question],
      ]);
    const targets = new Map([
      ['game/script.rpy', of('Ouais', 'Allô.')],
      [french, of('Si', 'Salut.')],
    ]);
    const result = await collectFiles(files, targets, { targetLanguage: 'french' });
    const written = textOf(result.files.find(({ path }) => path === french)!.bytes);
    expect(written).toBe(first.replace('"Oui"', '"Si"').replace('Bonjour.', 'Salut.'));
  });

  it('keep content that is not a translation', async () => {
    const styles = 'translate french style default:\n    font "a.ttf"\n';
    const { files } = await exportTexts({ 'game/script.rpy': SCRIPT, [french]: styles }, { Yes: 'Oui' });
    expect(files[french]!.startsWith(styles)).toBe(true);
    expect(files[french]).toContain('new "Oui"');
  });

  it('are updated in whichever file a translator put them', async () => {
    const { files } = await exportTexts(
      { 'game/script.rpy': SCRIPT, 'game/tl/french/all/in one.rpy': first },
      { 'Hello.': 'Salut.' },
    );
    expect(files['game/tl/french/all/in one.rpy']).toBe(first.replace('Bonjour.', 'Salut.'));
    expect(Object.keys(files)).not.toContain(french);
  });

  it('are updated under the second identifier of a line', async () => {
    const script = 'label a:\n    call b from _call_b\n    "Hello."\n';
    const [unit] = renpy.read(bytesOf(script), 'game/script.rpy').units;
    const existing = `translate french ${unit!.aliases![0]!}:\n\n    # "Hello."\n    "Salut."\n`;
    const { files } = await exportTexts(
      { 'game/script.rpy': script, [french]: existing },
      { 'Hello.': 'Bonjour.' },
    );
    expect(files[french]).toBe(existing.replace('Salut.', 'Bonjour.'));
  });

  it('keep Windows line endings, in additions too', async () => {
    const windows = first.replaceAll('\n', '\r\n');
    const { files } = await exportTexts(
      { 'game/script.rpy': SCRIPT, [french]: windows },
      { 'Bye.': 'Au revoir.' },
    );
    expect(files[french]!.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
    expect(files[french]!.startsWith(windows)).toBe(true);
  });

  it('are not written if nothing changes, or if another language is exported', async () => {
    const { files } = await exportTexts(
      { 'game/script.rpy': SCRIPT, [french]: first },
      { 'Hello.': 'Bonjour.', Yes: 'Oui' },
    );
    expect(files).toEqual({});
    const german = await exportTexts({ 'game/script.rpy': SCRIPT, [french]: first }, { Yes: 'Ja' }, 'german');
    expect(Object.keys(german.files).sort()).toEqual([choice, 'game/tl/german/script.rpy']);
  });

  it('keep a block that was split by hand, with a warning that its new translation is not written', async () => {
    const key = /start_[0-9a-f]{8}/u.exec(first)![0];
    const split = first.replace('e happy "Bonjour." with dissolve', 'e "Bon"\n    e "jour."');
    const { files, problems } = await exportTexts(
      { 'game/script.rpy': SCRIPT, [french]: split },
      { 'Hello.': 'Salut.' },
    );
    expect(files).toEqual({});
    expect(problems).toMatchObject([{ path: french, key, code: 'syntax' }]);
  });

  it('do not change translations within the game’s scripts', async () => {
    const [unit] = renpy.read(bytesOf('label a:\n    "Hello."\n'), 'game/a.rpy').units;
    const source = `label a:\n    "Hello."\n    "Bye."\ntranslate french ${unit!.key}:\n    "Salut."\n`;
    const { files, problems } = await exportTexts(
      { 'game/a.rpy': source },
      { 'Hello.': 'Bonjour.', 'Bye.': 'Ciao.' },
    );
    expect(Object.keys(files).sort()).toEqual([choice, 'game/tl/french/a.rpy']);
    expect(files['game/tl/french/a.rpy']).not.toContain('Hello.');
    expect(problems).toMatchObject([{ path: 'game/a.rpy', key: unit!.key, code: 'syntax' }]);
  });

  it('report an unreadable source; a broken file of the language stops the export', async () => {
    const broken = { 'game/script.rpy': SCRIPT, 'game/b.rpy': '"' };
    const files = Object.entries(broken).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
    expect((await collectFiles(files, new Map(), { targetLanguage: 'french' })).problems).toMatchObject([
      { path: 'game/b.rpy', key: '', code: 'syntax' },
    ]);
    const existing = [
      ...files,
      { path: 'game/tl/french/b.rpy', bytes: bytesOf('translate french strings:\n\told "a"\n') },
    ];
    await expect(collectFiles(existing, new Map(), { targetLanguage: 'french' })).rejects.toThrow(
      'game/tl/french/b.rpy: Line 2 has a tab',
    );
    const german = [...files, { path: 'game/tl/german/b.rpy', bytes: bytesOf('"') }];
    expect((await collectFiles(german, new Map(), { targetLanguage: 'french' })).files).toEqual([]);
  });
});
