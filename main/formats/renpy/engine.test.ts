import { afterAll, describe, expect, it } from 'vitest';
import type { Unit } from '../define.ts';
import { commonScripts, engineMissing, GameCopy, games, type SourceFile } from './__fixtures__/engine.ts';
import { renpy } from './format.ts';

const TIME = 180_000;
const language = 'stub_language';
const copies: GameCopy[] = [];

if (engineMissing !== null) console.log(`Skipped: ${engineMissing}.`);

async function copyOf(game: string | null): Promise<GameCopy> {
  const copy = await GameCopy.make(game);
  copies.push(copy);
  return copy;
}

/** A translation of every unit of every source. */
function translateAll(sources: readonly SourceFile[], translate: (unit: Unit) => string) {
  const options = { ...renpy.survey!(sources), targetLanguage: language };
  const targets = new Map(
    sources
      .filter(({ path }) => !path.includes('/tl/'))
      .map(({ path, bytes }) => {
        const { units } = renpy.read(bytes, path, options);
        return [path, new Map(units.map((unit) => [unit.key, translate(unit)]))];
      }),
  );
  return { targets, result: renpy.translationFiles!(sources, targets, options) };
}

describe.skipIf(engineMissing !== null)("with Ren'Py itself", () => {
  afterAll(() => Promise.all(copies.map((copy) => copy.remove())));

  it.each(games)(
    'writes for %s, byte for byte, the files that renpy translate writes',
    async (game) => {
      const copy = await copyOf(game);
      const sources = [...(await copy.scripts('game')), ...(await commonScripts())];
      const ran = await copy.renpy('translate', language, '--no-todo');
      expect(ran.code, ran.output).toBe(0);
      const expected = await copy.scripts(`game/tl/${language}`);
      const { result } = translateAll(sources, ({ source }) => source);
      expect(result.problems).toEqual([]);
      const files = result.files.filter(({ path }) => path.includes('/tl/'));
      expect(files.map(({ path }) => path).sort()).toEqual(expected.map(({ path }) => path).sort());
      for (const { path, bytes } of expected) {
        const ours = files.find((file) => file.path === path)!;
        expect(new TextDecoder().decode(ours.bytes), path).toBe(new TextDecoder().decode(bytes));
      }
    },
    TIME,
  );

  it.each(games)(
    'makes of %s a game in a new language that passes lint and reads our targets',
    async (game) => {
      const copy = await copyOf(game);
      const sources = [...(await copy.scripts('game')), ...(await commonScripts())];
      const before = await copy.scripts('game');
      const { targets, result } = translateAll(sources, ({ source }) => `~${source}~`);
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
      const said = exported.filter(({ identifier, what }) => identifier !== '' && what !== '');
      expect(said.length).toBeGreaterThan(50);
      for (const { identifier, what } of said) expect(what, identifier).toBe(all.get(identifier));
      const dialogueKeys = [...all.keys()].filter((key) => !key.startsWith('strings:'));
      expect(said.map(({ identifier }) => identifier).sort()).toEqual(dialogueKeys.sort());
      const strings = exported.filter(({ identifier }) => identifier === '');
      expect(strings.length).toBeGreaterThan(50);
      const translated = new Set(
        [...all].filter(([key]) => key.startsWith('strings:')).map(([, text]) => text),
      );
      expect(strings.filter(({ what }) => !translated.has(what))).toEqual([]);
      const again = await copy.renpy('translate', language, '--count');
      expect(again.output).toContain('0 missing dialogue translations, 0 missing string translations');
    },
    TIME,
  );
});
