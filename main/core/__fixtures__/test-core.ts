import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, inject, onTestFinished } from 'vitest';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { OperationName, OperationOutput } from '../../../contract/operations/table.ts';
import type { StreamListener } from '../chat/reply/stream-listener.ts';
import type { Desktop, SecretStore, SettingsStore } from '../lib/host/ports.ts';
import { FolderLock } from '../lib/files/folder-lock.ts';
import type { RequestContext } from '../lib/request-context.ts';
import { sessionSecrets } from '../secrets/session-secrets.ts';
import { createCore, type Core } from '../app/services.ts';
import { createSettings } from '../app/settings.ts';
import { memorySettings } from '../app/settings-file.ts';

/** The repository, with the real `registry/` and `prompt-packs/`. */
export const appRoot = resolve(import.meta.dirname, '..', '..', '..');

/** ComfyVN's own registry file, unchanged. */
export const comfyvnRegistry = join(import.meta.dirname, 'comfyvn-registry.json');

/** Registers a cleanup function. */
export type AtEnd = (end: () => unknown) => void;

/** Closes with the test. */
export const withTheTest: AtEnd = (end) => onTestFinished(async () => void (await end()));

/** Closes after the tests of the file or describe block that calls this. */
export function afterTheBlock(): AtEnd {
  const ends: (() => unknown)[] = [];
  afterAll(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });
  return (end) => void ends.push(end);
}

export interface TestCoreOptions {
  env?: Record<string, string | undefined>;
  /** `YYYY-MM-DD` or a full ISO time; by default 2026-11-22, the day the registry's facts were recorded. */
  now?: string;
  /** Files under the runtime root, by path; anything but a string is written as JSON. */
  files?: Record<string, unknown>;
  secrets?: SecretStore;
  settings?: SettingsStore;
  /** Functions that only a desktop has. */
  desktop?: Desktop;
  /** The folder with `registry/`, if it is not the repository. */
  appRoot?: string;
  /** When to close it; by default at the end of the test that created it. */
  atEnd?: AtEnd;
}

export interface TestCore {
  core: Core;
  /** The runtime root, a temporary folder. */
  root: string;
  /** The environment that the core reads; a change applies from the next refresh. */
  env: Record<string, string | undefined>;
  clock: { now(): number; set(time: string): void; advance(ms: number): void };
  secrets: SecretStore;
  /** Writes a file under the runtime root and returns its path. */
  write(path: string, content: unknown): string;
  /** The operation's data; throws if it fails. */
  ask<N extends OperationName>(
    name: N,
    input?: unknown,
    streamListener?: StreamListener,
  ): Promise<OperationOutput<N>>;
  /** The operation's error; throws if it succeeds. */
  refusal(name: OperationName, input?: unknown, streamListener?: StreamListener): Promise<ErrorInfo>;
}

/** The context of a call that is not cancelled. */
export function testContext(overrides: Partial<RequestContext> = {}): RequestContext {
  return { requestId: 'test-request', door: 'test', signal: new AbortController().signal, ...overrides };
}

/**
 * Windows does not remove files that are still open, such as a lock; the system's temporary folder may keep
 * them.
 */
function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (process.platform !== 'win32' || !['EBUSY', 'EPERM', 'ENOTEMPTY'].includes(code ?? '')) throw error;
  }
}

/** An empty folder that is removed at the end of the test. */
export function temporaryFolder(atEnd: AtEnd = withTheTest): string {
  const folder = mkdtempSync(join(tmpdir(), 'llm-panel-'));
  atEnd(() => removeFolder(folder));
  return folder;
}

/**
 * An empty folder in which scripts find the project's packages; removed at the end of the test. Not a link to the packages:
 * making one needs rights on some systems.
 */
export function folderWithPackages(atEnd: AtEnd = withTheTest): string {
  const home = join(appRoot, 'node_modules', '.cache');
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'llm-panel-'));
  atEnd(() => removeFolder(folder));
  return folder;
}

function put(root: string, path: string, content: unknown): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return file;
}

/** An empty database with its tables: to make them takes longer than most tests. */
function putDatabase(root: string): void {
  const [file, folder] = [inject('emptyDatabase'), join(root, 'data')];
  if (!file || existsSync(folder)) return;
  mkdirSync(folder, { mode: 0o700 });
  copyFileSync(file, join(folder, 'llm.db'));
}

/** The whole core over a temporary runtime root, with a clock and an environment of the test's; closed with the test. */
export function testCore(options: TestCoreOptions = {}): TestCore {
  const { atEnd = withTheTest } = options;
  const root = temporaryFolder(atEnd);
  for (const [path, content] of Object.entries(options.files ?? {})) put(root, path, content);
  const env = { ...options.env };
  if (!env['COMFYVN_LLM_DATABASE_URL']) putDatabase(root);
  const secrets = options.secrets ?? sessionSecrets();
  let time = Date.parse(options.now ?? '2026-11-22');
  const core = createCore({
    host: 'headless',
    version: '0.0.0-test',
    env,
    now: () => time,
    paths: { appRoot: options.appRoot ?? appRoot, runtimeRoot: root },
    secrets,
    settings: options.settings ?? createSettings(memorySettings()),
    lock: new FolderLock(root),
    fallbackRuntime: null,
    desktop: options.desktop,
  });
  atEnd(() => core.close());
  return {
    core,
    root,
    env,
    secrets,
    clock: {
      now: () => time,
      set: (iso) => void (time = Date.parse(iso)),
      advance: (ms) => void (time += ms),
    },
    write: (path, content) => put(root, path, content),
    async ask(name, input, streamListener) {
      const envelope = await core.dispatcher.dispatch(name, input, testContext(), streamListener);
      if (!envelope.ok) throw new Error(`${name} failed: ${envelope.error.code}: ${envelope.error.message}`);
      return envelope.data;
    },
    async refusal(name, input, streamListener) {
      const envelope = await core.dispatcher.dispatch(name, input, testContext(), streamListener);
      if (envelope.ok)
        throw new Error(`${name} did not fail: ${JSON.stringify(envelope.data).slice(0, 500)}`);
      return envelope.error;
    },
  };
}
