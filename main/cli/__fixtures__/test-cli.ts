import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appRoot, temporaryFolder } from '../../core/__fixtures__/test-core.ts';
import { checkFiles } from '../../core/app/check/check-files.ts';
import { Offline } from '../../core/app/offline.ts';
import { FolderLock } from '../../core/lib/files/folder-lock.ts';
import { Redactor } from '../../core/lib/redact.ts';
import { sessionSecrets } from '../../core/secrets/session-secrets.ts';
import { createCore } from '../../core/app/services.ts';
import { createSettings } from '../../core/app/settings.ts';
import { memorySettings } from '../../core/app/settings-file.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { CliHost } from '../host.ts';
import { runCli } from '../run-cli.ts';

export interface CliRun {
  code: ExitCode;
  out: string;
  err: string;
  json(): unknown;
}

export interface TestCliOptions {
  env?: Record<string, string | undefined>;
  /** Files under the runtime root, by path. Values other than strings are written as JSON. */
  files?: Record<string, unknown>;
  input?: string;
  /** The user's answer; without it there is no terminal. */
  answer?: string;
  isTTY?: boolean;
  columns?: number;
}

export interface TestCli {
  root: string;
  path(name: string): string;
  write(name: string, content: unknown): string;
  run(...argv: string[]): Promise<CliRun>;
  interrupt(): void;
}

/** The commands with a temporary runtime root, on the day when the registry's facts were recorded. */
export function testCli(options: TestCliOptions = {}): TestCli {
  const root = temporaryFolder();
  const env = { ...options.env };
  const now = () => Date.parse('2026-11-22');
  const paths = { appRoot, runtimeRoot: root };
  const lock = new FolderLock(root);
  const ports = { paths, env, secrets: sessionSecrets(), version: '0.0.0-test', now, lock };
  const path = (name: string) => join(root, name);
  const write = (name: string, content: unknown) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
    return path(name);
  };
  for (const [name, content] of Object.entries(options.files ?? {})) write(name, content);
  const interrupts = new Set<() => void>();
  const { isTTY = false, columns = 80 } = options;

  async function run(...argv: string[]): Promise<CliRun> {
    const text = { out: '', err: '' };
    const host: CliHost = {
      version: '0.0.0-test',
      env,
      out: { write: (part) => void (text.out += part), isTTY, columns },
      err: { write: (part) => void (text.err += part), isTTY, columns },
      readInput: () => (options.input === undefined ? null : Promise.resolve(options.input)),
      ask: async () => options.answer ?? null,
      offline: async () => new Offline(ports),
      check: () => checkFiles({ paths, env, redactor: new Redactor(), now: now() }),
      core: async () =>
        createCore({
          ...ports,
          host: 'headless',
          settings: createSettings(memorySettings()),
          fallbackRuntime: null,
        }),
      serve: async () => {},
      onInterrupt(listener) {
        interrupts.add(listener);
        return () => void interrupts.delete(listener);
      },
    };
    const code = await runCli(host, argv);
    return { code, ...text, json: () => JSON.parse(text.out) as unknown };
  }
  const interrupt = () => {
    for (const listener of interrupts) listener();
  };
  return { root, path, write, run, interrupt };
}
