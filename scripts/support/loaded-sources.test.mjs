import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from './project.mjs';

// Scripts name sources by path in strings; no type check notices when such a file moves.
const scripts = ['scripts', 'bench'].flatMap((folder) =>
  readdirSync(join(projectRoot, folder), { recursive: true })
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => join(folder, file)),
);
const named = scripts.flatMap((script) =>
  [...readFileSync(join(projectRoot, script), 'utf8').matchAll(/\b(?:load|source)\('([^']+\.ts)'\)/g)].map(
    ([, path]) => ({ script, path }),
  ),
);

test('scripts that load sources are found', () => {
  expect(new Set(named.map(({ script }) => script)).size).toBeGreaterThan(3);
});

test.each(named)('$script loads $path, which exists', ({ path }) => {
  const roots = ['main/core', 'renderer'].map((root) => join(projectRoot, root, path));
  expect(roots.some((source) => existsSync(source))).toBe(true);
});
