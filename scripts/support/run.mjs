import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { basename, join } from 'node:path';
import { projectRoot, readJson } from './project.mjs';

/**
 * How to stop a running program when this script is stopped.
 * @param {NodeJS.Signals} signal the signal that this script received
 * @param {{ platform: NodeJS.Platform, isTerminal: boolean, hasWindow: boolean, isRepeated: boolean }} given
 * @returns {'nothing' | 'signal' | 'close window' | 'end'}
 */
export function stopMethod(signal, { platform, isTerminal, hasWindow, isRepeated }) {
  // A terminal already sends Ctrl-C to the whole process group; a second signal would mean "stop at once".
  if (platform !== 'win32') return signal === 'SIGINT' && isTerminal ? 'nothing' : 'signal';
  // A Windows console sends its events to every console program in it. A program with a window gets none, and
  // `kill` would end it without notice, so it is asked to close its window.
  if (!hasWindow) return 'nothing';
  return isRepeated ? 'end' : 'close window';
}

/**
 * Runs a command in the project with its output streamed, passing signals on to it.
 * @param {string} command executable
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeoutMs?: number, hasWindow?: boolean }} [options] `hasWindow`:
 *   it is a desktop program
 * @returns {Promise<number>} the exit code; 128 + the signal's number if a signal ended it, 127 if
 *   it could not be started
 */
export function run(command, args, { timeoutMs, hasWindow = false, ...options } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: projectRoot, stdio: 'inherit', ...options });
    const timer = timeoutMs && setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    let isRepeated = false;
    const forward = (signal) => {
      const isTerminal = Boolean(process.stdin.isTTY);
      const how = stopMethod(signal, { platform: process.platform, isTerminal, hasWindow, isRepeated });
      isRepeated = true;
      if (how === 'signal') child.kill(signal);
      if (how === 'close window') spawn('taskkill', ['/PID', String(child.pid)], { stdio: 'ignore' });
      if (how === 'end') child.kill();
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'];
    for (const signal of signals) process.on(signal, forward);
    const settle = (code) => {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, forward);
      done(code);
    };
    child.once('error', (error) => {
      console.error(`Could not start ${command}: ${error.message}`);
      settle(127);
    });
    child.once('close', (code, signal) => settle(code ?? 128 + constants.signals[signal]));
  });
}

/**
 * The output of a short command, in English whatever the system's language.
 * @param {string} command executable
 * @param {string[]} args
 * @returns {string} its standard output; empty if it could not be started
 */
export function capture(command, args) {
  const env = { ...process.env, LC_ALL: 'C' };
  return spawnSync(command, args, { encoding: 'utf8', env }).stdout ?? '';
}

/**
 * The npm that started this script, so that a second npm on the PATH is not mixed in.
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npmCommand() {
  const cli = process.env.npm_execpath;
  if (cli && basename(cli).startsWith('npm')) return { command: process.execPath, args: [cli], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/**
 * The script of an installed package's command, to be run with Node: no shell, no `.cmd`, no npx.
 * @param {string} packageName
 * @param {string} [command] the command's name if it differs from the package's
 * @returns {string} absolute path of a JavaScript file
 * @throws if the package is not installed or has no such command
 */
export function packageBin(packageName, command = packageName) {
  const folder = join(projectRoot, 'node_modules', packageName);
  const bin = readJson(join(folder, 'package.json'))?.bin;
  const file = typeof bin === 'string' ? bin : bin?.[command];
  if (!file) throw new Error(`${packageName} is not installed, or has no command "${command}": run npm ci.`);
  return join(folder, file);
}
