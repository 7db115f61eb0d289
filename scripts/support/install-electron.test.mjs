import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installElectron } from './install-electron.mjs';

let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'install-electron-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** On a busy machine, an installer may need seconds to start. */
function install(script, stalledMs = 4000) {
  writeFileSync(join(folder, 'install.js'), script);
  return installElectron(folder, { stalledMs, pollMs: 50 });
}

test('a download that never starts is stopped', async () => {
  expect(await install('setInterval(() => {}, 1000)', 1000)).toBe('nothing arrived for 1 s');
});

test('a download that takes longer than that is waited for', async () => {
  const slow = `
    const { appendFileSync, writeFileSync } = require('node:fs');
    const { tmpdir } = require('node:os');
    let chunks = 0;
    const timer = setInterval(() => {
      appendFileSync(tmpdir() + '/electron.zip', 'chunk');
      if ((chunks += 1) < 24) return;
      clearInterval(timer);
      writeFileSync(__dirname + '/installed', '');
    }, 200);`;
  expect(await install(slow)).toBeNull();
  expect(existsSync(join(folder, 'installed'))).toBe(true);
});

test('a failure has the installer’s own message', async () => {
  expect(await install(`console.error(new TypeError('fetch failed').stack); process.exit(1)`)).toBe(
    'TypeError: fetch failed',
  );
  expect(await install('process.exit(3)')).toBe('exit code 3');
});
