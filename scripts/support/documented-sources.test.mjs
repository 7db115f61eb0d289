import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { readMarkdown } from './markdown.mjs';
import { projectRoot } from './project.mjs';

// READMEs name sources in backticks; no link check notices when such a file moves.
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: projectRoot,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => existsSync(posix.join(projectRoot, file)));
const source = /^[\w./-]+\.(?:ts|tsx|mjs|cjs)$/;
const named = files
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) =>
    readMarkdown(posix.join(projectRoot, file))
      .inline.filter(({ text }) => source.test(text))
      .map(({ text, line }) => ({ file, line, path: text })),
  );

test('documents that name sources are found', () => {
  expect(new Set(named.map(({ file }) => file)).size).toBeGreaterThan(10);
});

test('each source that a document names exists', () => {
  const missing = named.filter(({ file, path }) => {
    const beside = posix.join(posix.dirname(file), path);
    return !files.some((one) => one === beside || one.endsWith(`/${path}`) || one === path);
  });
  expect(missing).toEqual([]);
});
