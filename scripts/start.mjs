import './support/check-node.mjs';
import { join } from 'node:path';
import { describeElectron, electronEnvironment } from './electron-runtime.mjs';
import { setup } from './setup.mjs';
import { hasDisplay, sandboxArguments } from './support/display.mjs';
import { projectRoot } from './support/project.mjs';
import { run } from './support/run.mjs';

const args = process.argv.slice(2).filter((arg) => arg !== '--setup-only');
const setupOnly = args.length < process.argv.length - 2;

function openWindow(electron) {
  const { args: sandbox, note } = sandboxArguments(electron.executable);
  if (note) console.log(note);
  if (electron.source === 'fallback') console.log(describeElectron(electron));
  return run(electron.executable, [...sandbox, projectRoot, ...args], {
    env: electronEnvironment(electron),
    hasWindow: true,
  });
}

function serve(reason) {
  console.log(`${reason} Serving the API, and the panel for a browser.`);
  return run(process.execPath, [join(projectRoot, 'out', 'main', 'headless.js'), '--ui', ...args]);
}

async function start() {
  const display = hasDisplay();
  const { electron, electronError } = await setup({ electron: display, build: true });
  if (setupOnly) return 0;
  if (electron) return openWindow(electron);
  return serve(display ? `No Electron: ${electronError}` : 'There is no display.');
}

try {
  process.exitCode = await start();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
