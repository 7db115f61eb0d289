import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../support/project.mjs';
import { preloadOptions, runUnderWine, windowsPath } from './wine.mjs';

const TIMEOUT_MS = 120_000;
const headless = join(projectRoot, 'out', 'main', 'headless.js');

/** The events that a console sends to its programs. Windows also sends Ctrl+Break, which wine 8 refuses. */
const EVENTS = { c: 'Ctrl+C' };

async function stopBy(event, folder) {
  const work = mkdtempSync(join(tmpdir(), 'panel-console-'));
  try {
    const [ready, printed, output] = ['ready', 'printed.txt', 'output.txt'].map((name) => join(work, name));
    const server = [join(folder, 'node.exe'), headless].map(windowsPath);
    const command = [...server.map((part) => `"${part}"`), '--port', '0'].join(' ');
    const env = {
      ...preloadOptions(['ready-file.cjs']),
      READY_FILE: windowsPath(ready),
      COMFYVN_RUNTIME_ROOT: windowsPath(join(work, 'root')),
    };
    const tool = [
      join(folder, 'console-event.exe'),
      event,
      windowsPath(ready),
      windowsPath(printed),
      command,
    ];
    const code = await runUnderWine(folder, tool, { output, env, timeoutMs: TIMEOUT_MS });
    const text = readFileSync(output, 'utf8').trim();
    const isLogged = existsSync(join(work, 'root', 'logs', 'server.log'));
    if (code === 0 && text === '0' && isLogged) return null;
    const own = existsSync(printed) ? readFileSync(printed, 'utf8') : '';
    return `${EVENTS[event]} does not stop the server with code 0: ${text} (${code})\n${own}`;
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Starts the server in a console, and stops it with each console event.
 * @param {string} folder the result of `prepareWine`
 * @returns {Promise<string[]>} the failures, one or more lines per event
 */
export async function consoleStops(folder) {
  if (!existsSync(headless))
    return [`The server in a console was not tested: ${headless} is not built (npm run build)`];
  const problems = [];
  for (const event of Object.keys(EVENTS)) {
    const problem = await stopBy(event, folder);
    if (problem) problems.push(problem);
  }
  return problems;
}
