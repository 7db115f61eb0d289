import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';

function sizeOf(folder) {
  try {
    return readdirSync(folder, { recursive: true })
      .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + size, 0);
  } catch {
    return 0;
  }
}

/**
 * Runs the electron package's own installer. A slow download may continue, but one that receives nothing for
 * `stalledMs` is stopped, because a blocked network may never answer.
 * @param {string} electronFolder `node_modules/electron`
 * @param {{ stalledMs?: number, pollMs?: number }} [limits] milliseconds
 * @returns {Promise<string | null>} why it failed, in a few words, or `null` if it is installed
 */
export async function installElectron(electronFolder, { stalledMs = 60_000, pollMs = 500 } = {}) {
  // The installer downloads into the temp folder; with a temp folder of its own, the download's progress is
  // visible.
  const temp = mkdtempSync(join(tmpdir(), 'electron-install-'));
  const env = { ...process.env, TMPDIR: temp, TEMP: temp, TMP: temp };
  const child = spawn(process.execPath, [join(electronFolder, 'install.js')], {
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr = (stderr + chunk).slice(-20_000)));
  let [lastSize, lastChange, stalled] = [0, Date.now(), false];
  const timer = setInterval(() => {
    const size = sizeOf(temp) + sizeOf(join(electronFolder, 'dist'));
    if (size !== lastSize) [lastSize, lastChange] = [size, Date.now()];
    if (Date.now() - lastChange < stalledMs) return;
    stalled = true;
    child.kill('SIGKILL');
  }, pollMs);
  const code = await new Promise((done) => {
    child.once('error', () => done(127));
    child.once('close', (exitCode) => done(exitCode ?? 1));
  });
  clearInterval(timer);
  rmSync(temp, { recursive: true, force: true });
  if (stalled) return `nothing arrived for ${Math.round(stalledMs / 1000)} s`;
  if (code === 0) return null;
  return stderr.match(/^(?:\w*Error|Error):? .+$/m)?.[0] ?? `exit code ${code}`;
}
