import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectRoot } from './support/project.mjs';

function inFolder(files) {
  const folder = mkdtempSync(join(tmpdir(), 'panel-checksums-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const script = join(projectRoot, 'scripts', 'checksums.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, 'here', folder], { encoding: 'utf8' });
  return { folder, status, stderr };
}

test('each installer has a line, other files have none', () => {
  const { folder, status } = inFolder({
    'b.exe': 'b',
    'a.dmg': 'a',
    'builder-debug.yml': 'x',
    'a.dmg.blockmap': 'y',
  });
  const line = (text, name) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`;
  expect(status).toBe(0);
  expect(readFileSync(join(folder, 'SHA256SUMS-here.txt'), 'utf8')).toBe(
    line('a', 'a.dmg') + line('b', 'b.exe'),
  );
});

test('a folder without installers is an error that names the command to run', () => {
  const { status, stderr } = inFolder({ 'readme.txt': '' });
  expect([status, stderr]).toEqual([1, expect.stringContaining('npm run package')]);
});
