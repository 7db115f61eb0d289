import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { projectRoot, readJson } from './support/project.mjs';

// The tests mostly wait for processes.
vi.setConfig({ testTimeout: 60_000 });

// The bytes of a pack are part of the request, and so of its hash. A checkout with Windows line endings
// (git's core.autocrlf, or an editor) must send the same request as one without.
const parts = ['prompt-packs', 'registry', join('out', 'main'), 'package.json'];
const modules = readdirSync(join(projectRoot, 'prompt-packs'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

let folder;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'panel-line-ends-'));
  for (const ends of ['lf', 'crlf'])
    for (const part of parts) cpSync(join(projectRoot, part), join(folder, ends, part), { recursive: true });
  for (const name of ['prompt-packs', 'registry']) withCrlf(join(folder, 'crlf', name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

/** Converts a folder's texts as git does with `core.autocrlf` and without `.gitattributes`. */
function withCrlf(root) {
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(md|json)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/\r?\n/g, '\r\n'));
  }
}

/** Runs the command line of that checkout, and parses its JSON output. */
function ask(ends, args) {
  const command = [
    join(folder, ends, 'out', 'main', 'cli.js'),
    '--root',
    join(folder, 'user'),
    ...args,
    '--json',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr || stdout}`);
  return JSON.parse(stdout);
}

const sampleOf = (module) =>
  readdirSync(join(projectRoot, 'prompt-packs', module, 'samples'))[0].replace('.json', '');

test.each(modules)(
  '%s: a checkout with Windows line endings renders the same messages and plans the same bytes',
  (module) => {
    const sample = readJson(join(projectRoot, 'prompt-packs', module, 'samples', `${sampleOf(module)}.json`));
    const lines = join(folder, `${module}.jsonl`);
    writeFileSync(lines, `${JSON.stringify({ variables: sample.variables })}\n`);
    const [lf, crlf] = ['lf', 'crlf'].map((ends) => ask(ends, ['plan', '--module', module, '-f', lines]));
    expect(crlf.plan.body).toEqual(lf.plan.body);
    expect(lf.plan.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(crlf.plan.sha256).toBe(lf.plan.sha256);
  },
);

test('git preserves the line endings of every text file of the repository', () => {
  const attributes = readFileSync(join(projectRoot, '.gitattributes'), 'utf8');
  expect(attributes).toMatch(/^\* text=auto eol=lf$/m);
});
