import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../__fixtures__/test-core.ts';
import { formatCases } from '../../../formats/__fixtures__/format-cases.ts';
import { testProject } from '../__fixtures__/game.ts';

test.each(formatCases.map((one) => [one.name, one] as const))(
  '%s: every line of a file is imported, translated and exported to its place',
  async (_, { format, path, options = {}, text, dropsUnit, normalize = (same) => same }) => {
    const { columns, comments } = options;
    const settings = {
      provider: 'stub',
      model: undefined,
      formats: [format.name],
      ...(columns ? { columns } : {}),
      ...(comments ? { comments } : {}),
    };
    const { core, id, game } = await testProject('http://127.0.0.1:9', { [path]: text }, settings);
    const { run } = await core.ask('translate.run', { project: id, wait: true });
    expect(run).toMatchObject({ state: 'done', code: null, spent_usd: 0 });
    const to = temporaryFolder();
    const report = await core.ask('translate.export', { project: id, to, include_flagged: true });
    expect(report.problems).toEqual([]);
    expect(readFileSync(join(game, path), 'utf8')).toBe(text);
    const { units } = await core.ask('translate.units', { project: id, limit: 1000 });
    const written = new Map(
      format
        .read(readFileSync(join(to, path)), path, options)
        .units.map((unit) => [unit.key, unit.target ?? unit.source]),
    );
    for (const { key, target, read_only } of units) {
      if (target === null || read_only !== null || dropsUnit?.(key, target)) continue;
      expect([key, normalize(written.get(key) ?? '')]).toEqual([key, normalize(target)]);
    }
    expect(units.filter(({ target, read_only }) => target === null && read_only === null)).toEqual([]);
  },
);
