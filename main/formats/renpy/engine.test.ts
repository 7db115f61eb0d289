import { afterAll, describe, expect, it } from 'vitest';
import type { TranslationPart, Unit } from '../define.ts';
import { collectFiles } from './__fixtures__/collect-files.ts';
import {
  commonScripts,
  engineMissing,
  GameCopy,
  games,
  trickyScripts,
  type SourceFile,
} from './__fixtures__/engine.ts';
import { randomScript } from './__fixtures__/random-script.ts';
import { renpy } from './format.ts';

const TIME = 600_000;
const language = 'stub_language';
const copies: GameCopy[] = [];

if (engineMissing !== null) console.log(`Skipped: ${engineMissing}.`);

async function copyOf(game: string | null): Promise<GameCopy> {
  const copy = await GameCopy.make(game);
  copies.push(copy);
  return copy;
}

/** A translation of every unit of every source. */
async function translateAll(sources: readonly SourceFile[], translate: (unit: Unit) => string) {
  const options = { ...renpy.survey!(sources), targetLanguage: language };
  const targets = new Map(
    sources
      .filter(({ path }) => !path.includes('/tl/'))
      .map(({ path, bytes }) => {
        const { units } = renpy.read(bytes, path, options);
        return [path, new Map(units.map((unit) => [unit.key, translate(unit)]))];
      }),
  );
  return { targets, result: await collectFiles(sources, targets, options) };
}

/** Texts that the engine's lexer would change if they were not escaped. */
const HARD = [
  'plain',
  'quotes " \' ` and """ and \'\'\'',
  'back\\slash \\n \\" at the end \\',
  'two\nlines\n\nand a blank one',
  '  spaces   everywhere  ',
  'no-break\u00a0space, ideographic\u3000space, thin\u2009space\u202f!',
  '\u3000at the start, tab\there, return\rhere',
  '[points] {b}tags{/b} {{ [[ 100%% %(player_name)s',
  '日本語と絵文字😀、한국어、العربية',
  '# no comment',
  '[__private] [points.__x] __init',
  'translate x y:',
  '\u2028 and \u0085 and \u001c',
];

function hardTarget(key: string, source: string): string {
  const index = [...key].reduce((sum, char) => sum + char.codePointAt(0)!, 0) % HARD.length;
  return `${HARD[index]!}|${source}|`;
}

async function expectSameFiles(copy: GameCopy, { files, problems }: TranslationPart): Promise<void> {
  expect(problems).toEqual([]);
  const expected = await copy.scripts(`game/tl/${language}`);
  const ours = new Map(
    files.filter(({ path }) => path.includes('/tl/')).map((file) => [file.path, file.bytes]),
  );
  expect([...ours.keys()].sort()).toEqual(expected.map(({ path }) => path).sort());
  for (const { path, bytes } of expected) {
    // The engine writes names that it would then read as private ones. This format escapes them.
    const text = new TextDecoder().decode(ours.get(path)).replace(/\\x5f|\\u005f/gu, '_');
    expect(text, path).toBe(new TextDecoder().decode(bytes));
  }
}

describe.skipIf(engineMissing !== null)("with Ren'Py itself", () => {
  afterAll(() => Promise.all(copies.map((copy) => copy.remove())));

  it.each(games)(
    'writes the same files for %s as renpy translate, byte for byte',
    async (game) => {
      const copy = await copyOf(game);
      const sources = [...(await copy.scripts('game')), ...(await commonScripts())];
      const ran = await copy.renpy('translate', language, '--no-todo');
      expect(ran.code, ran.output).toBe(0);
      const { result } = await translateAll(sources, ({ source }) => source);
      await expectSameFiles(copy, result);
    },
    TIME,
  );

  it.each([false, true])(
    'writes the same files for hard cases as renpy translate (Windows line endings: %s)',
    async (windows) => {
      const copy = await copyOf(null);
      for (const { path, bytes } of await trickyScripts(windows)) await copy.write(path, bytes);
      const sources = [...(await copy.scripts('game')), ...(await commonScripts())];
      const ran = await copy.renpy('translate', language, '--no-todo');
      expect(ran.code, ran.output).toBe(0);
      const { result } = await translateAll(sources, ({ source }) => source);
      await expectSameFiles(copy, result);
    },
    TIME,
  );

  it(
    'writes the same files for random scripts as renpy translate',
    async () => {
      const copy = await copyOf(null);
      const basis = 'define e = Character("Eileen")\ndefine n = Character("Nora", kind=nvl)\n';
      await copy.write('game/script.rpy', basis);
      for (const seed of [1, 2, 3]) await copy.write(`game/random${seed}.rpy`, randomScript(seed, 60));
      const sources = [...(await copy.scripts('game')), ...(await commonScripts())];
      const ran = await copy.renpy('translate', language, '--no-todo');
      expect(ran.code, ran.output).toBe(0);
      const { result } = await translateAll(sources, ({ source }) => source);
      await expectSameFiles(copy, result);
    },
    TIME,
  );

  it.each([false, true])(
    'writes translations that the engine reads back unchanged (Windows line endings: %s)',
    async (windows) => {
      const copy = await copyOf(null);
      for (const { path, bytes } of await trickyScripts(windows)) await copy.write(path, bytes);
      const sources = [...(await copy.scripts('game')), ...(await commonScripts())];
      const { targets, result } = await translateAll(sources, ({ key, source }) => hardTarget(key, source));
      for (const { path, bytes } of result.files) await copy.write(path, bytes);
      const exported = await copy.dialogue(language);
      const all = new Map([...targets.values()].flatMap((ofFile) => [...ofFile]));
      const spoken = exported.filter(({ identifier, what }) => identifier !== '' && what !== '');
      expect(spoken.length).toBeGreaterThan(60);
      for (const { identifier, what } of spoken) expect(what, identifier).toBe(all.get(identifier));
      const translated = new Set(
        [...all].filter(([key]) => key.startsWith('strings:')).map(([, text]) => text),
      );
      const strings = exported.filter(({ identifier, what }) => identifier === '' && what !== '');
      expect(strings.length).toBeGreaterThan(20);
      expect(strings.filter(({ what }) => !translated.has(what))).toEqual([]);
    },
    TIME,
  );

  // renpy-games.test.ts translates the other game with the whole product.
  it(
    'translates the_question into a new language: it passes lint and shows the translations',
    async () => {
      const copy = await copyOf('the_question');
      const sources = [...(await copy.scripts('game')), ...(await commonScripts())];
      const before = await copy.scripts('game');
      const { targets, result } = await translateAll(sources, ({ source }) => `~${source}~`);
      for (const { path, bytes } of result.files) {
        expect(
          before.some((file) => file.path === path),
          path,
        ).toBe(false);
        await copy.write(path, bytes);
      }
      const lint = await copy.renpy('lint', '--error-code');
      expect(lint.code, lint.output).toBe(0);
      const exported = await copy.dialogue(language);
      const all = new Map([...targets.values()].flatMap((ofFile) => [...ofFile]));
      const spoken = exported.filter(({ identifier, what }) => identifier !== '' && what !== '');
      expect(spoken.length).toBeGreaterThan(50);
      for (const { identifier, what } of spoken) expect(what, identifier).toBe(all.get(identifier));
      const dialogueKeys = [...all.keys()].filter((key) => !key.startsWith('strings:'));
      expect(spoken.map(({ identifier }) => identifier).sort()).toEqual(dialogueKeys.sort());
      const strings = exported.filter(({ identifier }) => identifier === '');
      expect(strings.length).toBeGreaterThan(50);
      const translated = new Set(
        [...all].filter(([key]) => key.startsWith('strings:')).map(([, text]) => text),
      );
      // The engine exports a missing translation as its source text.
      expect(strings.filter(({ what }) => !translated.has(what))).toEqual([]);
    },
    TIME,
  );

  it(
    'completes the French translation of demo: no text is missing, and the engine reads back every line',
    async () => {
      const copy = await copyOf('demo');
      const sources = [...(await copy.scripts('game')), ...(await commonScripts())];
      const options = { ...renpy.survey!(sources), targetLanguage: 'french' };
      const targets = new Map(
        sources
          .filter(({ path }) => !path.includes('/tl/'))
          .map(({ path, bytes }) => {
            const { units } = renpy.read(bytes, path, options);
            return [path, new Map(units.map(({ key, source }) => [key, `«${source}»`]))];
          }),
      );
      const { files, problems } = await collectFiles(sources, targets, options);
      const readOnly = new Set(problems.filter(({ code }) => code === 'syntax').map(({ key }) => key));
      expect(problems.length).toBe(readOnly.size);
      for (const { path, bytes } of files) await copy.write(path, bytes);
      const count = await copy.renpy('translate', 'french', '--count');
      expect(count.output).toContain('0 missing dialogue translations, 0 missing string translations');
      const lint = await copy.renpy('lint', '--error-code');
      expect(lint.code, lint.output).toBe(0);
      const all = new Map([...targets.values()].flatMap((ofFile) => [...ofFile]));
      const spoken = (await copy.dialogue('french')).filter(
        ({ identifier, what }) => identifier !== '' && what !== '' && !readOnly.has(identifier),
      );
      expect(spoken.length).toBeGreaterThan(50);
      for (const { identifier, what } of spoken) expect(what, identifier).toBe(all.get(identifier));
    },
    TIME,
  );
});
