import { existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkoutRuntime } from './checkout-runtime.mjs';

let folder;
let pristine;
let checkout;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkout-runtime-'));
  pristine = join(folder, 'cache', 'electron-1.2.3');
  checkout = join(folder, 'checkout');
  mkdirSync(join(pristine, 'resources'), { recursive: true });
  mkdirSync(checkout);
  writeFileSync(join(pristine, 'electron'), 'binary', { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// The fallback Electron exists only for Linux.
describe.runIf(process.platform === 'linux')('the fallback Electron of a checkout', () => {
  test('is a copy that runs the project and takes no disk space', async () => {
    const copy = await checkoutRuntime(pristine, checkout);
    expect(readlinkSync(join(copy, 'resources', 'app'))).toBe(checkout);
    expect(statSync(join(copy, 'electron')).ino).toBe(statSync(join(pristine, 'electron')).ino);
    expect(existsSync(join(pristine, 'resources', 'app'))).toBe(false);
  });

  test('is a separate copy for each checkout', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    const copies = [await checkoutRuntime(pristine, checkout), await checkoutRuntime(pristine, other)];
    expect(copies.map((copy) => readlinkSync(join(copy, 'resources', 'app')))).toEqual([checkout, other]);
  });

  test('is one copy for concurrent runs', async () => {
    const copies = await Promise.all([1, 2, 3].map(() => checkoutRuntime(pristine, checkout)));
    expect(new Set(copies).size).toBe(1);
    expect(statSync(join(copies[0], 'electron')).size).toBe(6);
  });

  test('is replaced when damaged, and removed with its checkout', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    const orphan = await checkoutRuntime(pristine, other);
    const copy = await checkoutRuntime(pristine, checkout);
    rmSync(other, { recursive: true });
    rmSync(join(copy, 'electron'));
    expect(await checkoutRuntime(pristine, checkout)).toBe(copy);
    expect(existsSync(join(copy, 'electron'))).toBe(true);
    expect(existsSync(orphan)).toBe(false);
  });
});
