import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openSqlite } from '../database/open-sqlite.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A SQLite file with every table and no row; empty where SQLite cannot be had. */
    emptyDatabase: string;
  }
}

/** Makes an empty database once for all tests of a run; returns what removes it. */
export async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'llm-panel-empty-'));
  const file = join(folder, 'llm.db');
  const opened = await openSqlite(file).catch(() => undefined);
  await opened?.close();
  provide('emptyDatabase', opened ? file : '');
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
