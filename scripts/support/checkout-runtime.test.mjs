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

// The fallback Electron exists for Linux alone.
describe.runIf(process.platform === 'linux')('the fallback of a checkout', () => {
  test('the copy runs the project and takes no space (bug: 260 MB for each clone)', async () => {
    const copy = await checkoutRuntime(pristine, checkout);
    expect(readlinkSync(join(copy, 'resources', 'app'))).toBe(checkout);
    expect(statSync(join(copy, 'electron')).ino).toBe(statSync(join(pristine, 'electron')).ino);
    expect(existsSync(join(pristine, 'resources', 'app'))).toBe(false);
  });

  test('two checkouts have two copies (bug: the second clone opens the first one’s window)', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    const copies = [await checkoutRuntime(pristine, checkout), await checkoutRuntime(pristine, other)];
    expect(copies.map((copy) => readlinkSync(join(copy, 'resources', 'app')))).toEqual([checkout, other]);
  });

  test('runs at the same time agree (bug: the slower one fails, or removes what the other uses)', async () => {
    const copies = await Promise.all([1, 2, 3].map(() => checkoutRuntime(pristine, checkout)));
    expect(new Set(copies).size).toBe(1);
    expect(statSync(join(copies[0], 'electron')).size).toBe(6);
  });

  test('a damaged copy is made anew, and copies of deleted checkouts go', async () => {
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
