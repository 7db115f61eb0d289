import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chatCore } from '../__fixtures__/chat-core.ts';
import { temporaryFolder } from '../__fixtures__/test-core.ts';
import { engineMissing, GameCopy } from '../../formats/renpy/__fixtures__/engine.ts';
import { lineUpstream, translated } from './__fixtures__/line-upstream.ts';

if (engineMissing !== null) console.log(`Skipped: ${engineMissing}.`);

const language = 'panel_japanese';

/** The expected translation: the line codec removes and restores outer white space. */
const expected = (source: string) => {
  const [before = ''] = /^\s*/.exec(source) ?? [];
  const [after = ''] = /\s*$/.exec(source) ?? [];
  return before + translated(source.trim()) + after;
};

describe.skipIf(engineMissing !== null)('a game included in Ren’Py, translated line by line', () => {
  test(
    'demo: Ren’Py accepts the translated game and reads every translation',
    { timeout: 120_000 },
    async () => {
      const copy = await GameCopy.make('demo');
      try {
        const upstream = await lineUpstream();
        const core = chatCore(upstream.url);
        const { project } = await core.ask('translate.create', {
          game: copy.game,
          folder: temporaryFolder(),
          provider: 'openai_public',
          model: 'gpt-4o-mini',
          source_language: 'English',
          target_language: 'Japanese',
          language_folder: language,
        });
        const id = project.id;
        const imported = await core.ask('translate.import', { project: id });
        expect(imported.left_out.filter(({ path }) => path.endsWith('.rpy'))).toEqual([]);
        const { run } = await core.ask('translate.run', { project: id, wait: true });
        expect(run).toMatchObject({ state: 'done', code: null });
        const before = await copy.scripts('game');
        const report = await core.ask('translate.export', { project: id, in_game: true });
        expect(report.problems).toEqual([]);
        expect(report.left_out).toMatchObject({ untranslated: 0, stale: 0 });
        // No source file is overwritten.
        for (const { path, bytes } of before)
          expect(Buffer.compare(readFileSync(join(copy.game, path)), bytes), path).toBe(0);
        const lint = await copy.renpy('lint', '--error-code');
        expect([lint.code, lint.code === 0 ? '' : lint.output]).toEqual([0, '']);
        const byKey = new Map<string, string | null>();
        for (let after = 0; ;) {
          const page = await core.ask('translate.units', { project: id, after, limit: 1000 });
          for (const unit of page.units) {
            byKey.set(unit.key, unit.target);
            if (unit.origin === 'model') expect(unit.target).toBe(expected(unit.source));
          }
          if (page.next === null) break;
          after = page.next;
        }
        const spoken = (await copy.dialogue(language)).filter(({ identifier }) => byKey.has(identifier));
        expect(spoken.length).toBeGreaterThan(60);
        for (const { identifier, what } of spoken) expect(what.trim()).toBe(byKey.get(identifier)?.trim());
      } finally {
        await copy.remove();
      }
    },
  );
});
