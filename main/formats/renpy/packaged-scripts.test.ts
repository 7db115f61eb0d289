import { describe, expect, it } from 'vitest';
import { engineMissing, packagedScripts } from './__fixtures__/engine.ts';
import { renpy } from './format.ts';
import { locateScript } from './game/paths.ts';

if (engineMissing !== null) console.log(`Skipped: ${engineMissing}.`);

describe.skipIf(engineMissing !== null)(
  "the scripts of Ren'Py, its games and their translations",
  async () => {
    const scripts = engineMissing === null ? await packagedScripts() : [];
    const games = scripts.filter(({ path }) => /^(?:demo|the_question)\//u.test(path));

    it('are written back byte for byte', () => {
      expect(scripts.length).toBeGreaterThan(200);
      for (const { path, bytes } of scripts) {
        expect(Buffer.compare(renpy.write(bytes, path, new Map()).bytes, bytes), path).toBe(0);
      }
    });

    it.each(['demo', 'the_question'])('are read without a warning in %s', (game) => {
      const own = scripts.filter(({ path }) => path.startsWith(`${game}/`));
      const options = renpy.survey!(own);
      const warned = own.map(({ path, bytes }) => ({
        path,
        warnings: renpy.read(bytes, path, options).warnings,
      }));
      expect(warned.filter(({ warnings }) => warnings.length > 0)).toEqual([]);
    });

    it('are written back byte for byte if every text keeps its translation', () => {
      for (const { path, bytes } of games) {
        const { units } = renpy.read(bytes, path);
        const targets = new Map(units.map((unit) => [unit.key, unit.target ?? unit.source]));
        expect(Buffer.compare(renpy.write(bytes, path, targets).bytes, bytes), path).toBe(0);
      }
    });

    it('return each new translation when read again', () => {
      for (const { path, bytes } of games.filter(
        (script) => locateScript(script.path).kind === 'translation',
      )) {
        const units = renpy.read(bytes, path).units.filter((unit) => unit.readOnly === undefined);
        const targets = new Map(units.map((unit) => [unit.key, `~${unit.source.replaceAll('%', '')}~"`]));
        const written = renpy.write(bytes, path, targets);
        expect(written.problems).toEqual([]);
        const again = renpy.read(written.bytes, path).units.filter((unit) => unit.readOnly === undefined);
        expect(new Map(again.map((unit) => [unit.key, unit.target])), path).toEqual(targets);
      }
    });
  },
);
