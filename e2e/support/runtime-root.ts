import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files to create before the start, by path under the runtime root; anything but a string is written as JSON. */
export type PlantedFiles = Record<string, unknown>;

/** Creates a runtime root for one test: settings, single-instance lock, logs. */
export function makeRuntimeRoot(): string {
  return mkdtempSync(join(tmpdir(), 'panel-e2e-'));
}

export function plantFiles(root: string, files: PlantedFiles): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
}

/** Reads a JSON file of a runtime root; null if it is missing or incomplete. */
export function readJsonFile(root: string, path: string): unknown {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'));
  } catch {
    return null;
  }
}

export function readServerLog(root: string): string {
  const file = join(root, 'logs', 'server.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

export function removeRuntimeRoot(root: string): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
}

const notInherited = /^(COMFYVN_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$)|_API_KEY(_\d)?$/;

/** This process' environment without variables that change the product: its own variables and the user's keys. */
export function productEnv(more: Record<string, string>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !notInherited.test(entry[0]),
  );
  return { ...Object.fromEntries(inherited), ...more };
}
