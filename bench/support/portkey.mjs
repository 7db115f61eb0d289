import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { projectRoot, startNode } from './processes.mjs';

const version = '1.15.2';
const folder = join(projectRoot, '.cache', 'peers', `portkey-${version}`);
const script = join(folder, 'node_modules', '@portkey-ai', 'gateway', 'build', 'start-server.js');

/** A port that is free at the moment. */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts Portkey, which is installed from npm into `.cache/peers` the first time. Null if it cannot be installed. */
export async function startPortkey() {
  if (!existsSync(script)) {
    mkdirSync(folder, { recursive: true });
    const dependencies = { '@portkey-ai/gateway': version };
    const overrides = { '@hono/node-server': '1.14.1' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies, overrides }));
    spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
      cwd: folder,
      stdio: 'ignore',
    });
  }
  if (!existsSync(script)) {
    console.error('Portkey could not be installed from npm, so it is skipped.');
    return null;
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  return { ...(await startNode([script, `--port=${port}`, '--headless'], { ready: url })), url };
}
