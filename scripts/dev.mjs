import './support/check-node.mjs';
import { describeElectron, electronEnvironment } from './electron-runtime.mjs';
import { setup } from './setup.mjs';
import { hasDisplay, sandboxArguments } from './support/display.mjs';
import { packageBin, run } from './support/run.mjs';

async function develop() {
  if (!hasDisplay())
    throw new Error('There is no display: use xvfb-run -a npm run dev, or npm start for a browser.');
  const { electron, electronError } = await setup({ electron: true });
  if (!electron) throw new Error(electronError);
  if (electron.source === 'fallback') console.log(describeElectron(electron));
  const { args: sandbox, note } = sandboxArguments(electron.executable);
  if (note) console.log(note);
  const env = { ...electronEnvironment(electron), ...(sandbox.length > 0 && { NO_SANDBOX: '1' }) };
  return run(process.execPath, [packageBin('electron-vite'), 'dev', ...process.argv.slice(2)], { env });
}

try {
  process.exitCode = await develop();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
