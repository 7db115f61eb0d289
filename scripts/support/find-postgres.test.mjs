import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findPostgres } from './find-postgres.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-postgres-'));
  vi.stubEnv('PANEL_POSTGRES', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('the newest version is used, compared as a number', () => {
  for (const version of ['9', '15', '16']) mkdirSync(join(folder, version, 'bin'), { recursive: true });
  for (const version of ['9', '15']) writeFileSync(join(folder, version, 'bin', 'initdb'), '');
  expect(findPostgres(folder)).toBe(join(folder, '15', 'bin'));
});

test('PANEL_POSTGRES takes precedence', () => {
  vi.stubEnv('PANEL_POSTGRES', '/opt/postgres/bin');
  expect(findPostgres(folder)).toBe('/opt/postgres/bin');
});
