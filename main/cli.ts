#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import type { CliHost, Out } from './cli/host.ts';
import { runCli } from './cli/run-cli.ts';
import { productVersion } from './version.ts';

/** Global flags stand for variables, so that everything behind them needs to know one way only. */
function environmentFrom(argv: readonly string[]): NodeJS.ProcessEnv {
  const env = { ...process.env };
  const variables = { '--root': 'COMFYVN_RUNTIME_ROOT', '--registry': 'COMFYVN_LLM_REGISTRY' };
  for (const [flag, variable] of Object.entries(variables)) {
    const at = argv.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
    if (at < 0) continue;
    const [, joined] = (argv[at] ?? '').split(/=(.*)/s);
    env[variable] = joined ?? argv[at + 1] ?? '';
  }
  return env;
}

function outOf(stream: NodeJS.WriteStream): Out {
  return {
    write: (text) => void stream.write(text),
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns ?? 80;
    },
  };
}

async function readAll(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) text += chunk as string;
  return text;
}

/** A question that is closed (Ctrl+C, Ctrl+D) is answered with nothing. */
async function ask(question: string): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return await Promise.race([lines.question(question), closed]);
  } finally {
    lines.close();
  }
}

async function portsFor(env: NodeJS.ProcessEnv) {
  const [{ nodePaths }, { passphraseSecrets }, { FolderLock }] = await Promise.all([
    import('./host-node/paths.ts'),
    import('./host-node/secret-store.ts'),
    import('./core/lib/files/folder-lock.ts'),
  ]);
  const paths = nodePaths(import.meta.dirname, env);
  const lock = new FolderLock(paths.runtimeRoot);
  return {
    env,
    now: Date.now,
    paths,
    secrets: passphraseSecrets(paths.runtimeRoot, env, lock),
    lock,
    version: productVersion,
  };
}

/** Composition root 3: a terminal. What a command does not need is not loaded. */
function nodeCli(argv: readonly string[]): CliHost {
  const env = environmentFrom(argv);
  return {
    version: productVersion,
    env,
    out: outOf(process.stdout),
    err: outOf(process.stderr),
    readInput: () => (process.stdin.isTTY ? null : readAll()),
    ask,
    async offline() {
      const [{ Offline }, ports] = await Promise.all([import('./core/app/offline.ts'), portsFor(env)]);
      return new Offline(ports);
    },
    async check() {
      const [{ checkFiles }, { Redactor }, { paths, now }] = await Promise.all([
        import('./core/app/check/check-files.ts'),
        import('./core/lib/redact.ts'),
        portsFor(env),
      ]);
      return checkFiles({ paths, env, redactor: new Redactor(), now: now() });
    },
    async core() {
      const [{ createCore }, { requireReadableLimits }, { nodeSettings }, ports] = await Promise.all([
        import('./core/app/services.ts'),
        import('./core/budget/limits.ts'),
        import('./host-node/settings-store.ts'),
        portsFor(env),
      ]);
      const settings = nodeSettings(ports.paths.runtimeRoot, ports.lock);
      requireReadableLimits(
        env,
        settings.get(),
        settings.warnings().map(({ message }) => message),
      );
      return createCore({ ...ports, host: 'headless', settings, fallbackRuntime: null });
    },
    async serve(args) {
      // The server's root reads its own command line and environment.
      process.argv = [...process.argv.slice(0, 2), ...args];
      Object.assign(process.env, env);
      await import('./headless.ts');
    },
    onInterrupt(listener) {
      // A service manager stops a program by SIGTERM.
      const signals = ['SIGINT', 'SIGTERM'] as const;
      for (const signal of signals) process.on(signal, listener);
      return () => {
        for (const signal of signals) process.off(signal, listener);
      };
    },
  };
}

const argv = process.argv.slice(2);
// A reader that leaves early (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});
void runCli(nodeCli(argv), argv).then((code) => (process.exitCode = code));
