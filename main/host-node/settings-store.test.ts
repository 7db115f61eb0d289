import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../core/__fixtures__/test-core.ts';
import { FolderLock } from '../core/lib/files/folder-lock.ts';
import { Redactor } from '../core/lib/redact.ts';
import { openSettingsFile } from '../core/app/settings-file.ts';
import { createSettings, withoutSecretDrafts } from '../core/app/settings.ts';
import { confWriter } from './settings-store.ts';

const now = () => Date.parse('2026-01-02T03:04:05Z');
const fileAt = (path: string) =>
  openSettingsFile({ path, lock: new FolderLock(dirname(path)), loadWriter: confWriter, now });
/** On Windows a file has the permissions of its folder. */
const hasModes = process.platform !== 'win32';
const broken = (root: string) => readdirSync(root).filter((name) => name.includes('.broken-'));

test('is empty without a file, and stores changes in a folder it creates', async () => {
  const path = join(temporaryFolder(), 'deep', 'panel.json');
  const file = fileAt(path);
  expect(file.read()).toEqual({});
  await file.change(() => ({ theme: 'dark' }));
  expect([file.read(), fileAt(path).read()]).toEqual([{ theme: 'dark' }, { theme: 'dark' }]);
  if (hasModes)
    expect([statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777]).toEqual([0o600, 0o700]);
});

test('another process’s change is visible at the next read, and preserved', async () => {
  const path = join(temporaryFolder(), 'panel.json');
  const [one, other] = [fileAt(path), fileAt(path)];
  await one.change(() => ({ daily_budget_usd: 2 }));
  expect(other.read()).toEqual({ daily_budget_usd: 2 });
  await other.change((before) => ({ ...before, daily_budget_usd: 1 }));
  expect(one.read()).toEqual({ daily_budget_usd: 1 });
  await one.change((before) => ({ ...before, theme: 'dark' }));
  expect(other.read()).toEqual({ daily_budget_usd: 1, theme: 'dark' });
});

test.each(['{ "theme": "dar', '[1]', 'null', '"x"', ''])(
  '%j is left alone until something is saved; then a copy of it is stored',
  async (text) => {
    const root = temporaryFolder();
    const path = join(root, 'panel.json');
    writeFileSync(path, text);
    const file = fileAt(path);
    expect([file.read(), readFileSync(path, 'utf8')]).toEqual([{}, text]);
    await file.change(() => ({ theme: 'light' }));
    expect(broken(root).map((name) => readFileSync(join(root, name), 'utf8'))).toEqual([text]);
    expect(file.read()).toEqual({ theme: 'light' });
  },
);

test('a file that becomes invalid while in use leaves the last good settings in force', async () => {
  const path = join(temporaryFolder(), 'panel.json');
  const settings = createSettings(fileAt(path));
  await settings.update({ daily_budget_usd: 0.05 });
  writeFileSync(path, '{ "daily_budget_usd": 0.');
  expect(settings.get().daily_budget_usd).toBe(0.05);
  expect(settings.warnings().map(({ message }) => message)).toEqual([
    expect.stringContaining('the last good settings are used'),
  ]);
  writeFileSync(path, '{ "daily_budget_usd": 0.04 }');
  expect([settings.get().daily_budget_usd, settings.warnings()]).toEqual([0.04, []]);
});

test('comments, a trailing comma, unknown fields and permissions survive a change', async () => {
  const path = join(temporaryFolder(), 'panel.json');
  const text = '{\n  // as low as it goes\n  "daily_budget_usd": 0.05,\n  "of_a_newer_panel": [1],\n}\n';
  writeFileSync(path, text);
  chmodSync(path, 0o640);
  await createSettings(fileAt(path)).update({ daily_budget_usd: 0.02 });
  expect(readFileSync(path, 'utf8')).toBe(text.replace('0.05', '0.02'));
  if (hasModes) expect(statSync(path).mode & 0o777).toBe(0o640);
});

test('an invalid field gets its default, and stays in the file', async () => {
  const path = join(temporaryFolder(), 'panel.json');
  writeFileSync(path, '{ "text_size": 500, "theme": "dark" }');
  const settings = createSettings(fileAt(path));
  expect([settings.get().text_size, settings.get().theme]).toEqual([100, 'dark']);
  await settings.update({ theme: 'light' });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ text_size: 500, theme: 'light' });
});

describe('while the file cannot be read', () => {
  /** A folder in the file's place cannot be read as a file, not even by root. */
  function unreadable() {
    const root = temporaryFolder();
    const path = join(root, 'panel.json');
    mkdirSync(path);
    return { root, settings: createSettings(fileAt(path)) };
  }

  test('spending is refused, as the limits are unknown, and nothing is written', async () => {
    const { root, settings } = unreadable();
    expect(settings.get()).toMatchObject({ daily_budget_usd: 0, call_budget_usd: 0 });
    expect(settings.warnings().map(({ message }) => message)).toEqual([
      expect.stringContaining('nothing may be spent'),
    ]);
    await expect(settings.update({ theme: 'dark' })).rejects.toMatchObject({ code: 'file_unreadable' });
    expect([broken(root), readdirSync(join(root, 'panel.json'))]).toEqual([[], []]);
  });
});

test('a draft is saved without keys pasted into it', async () => {
  const path = join(temporaryFolder(), 'panel.json');
  const redactor = new Redactor();
  redactor.add('planted-key-0123456789');
  const settings = withoutSecretDrafts(createSettings(fileAt(path)), redactor);
  const drafts = {
    bench: { text: 'my key is planted-key-0123456789, see?', headers: { authorization: 'Bearer abc' } },
  };
  await settings.update({ drafts });
  const saved = readFileSync(path, 'utf8');
  expect(saved).not.toContain('planted-key-0123456789');
  expect(saved).not.toContain('Bearer abc');
  expect(saved).toContain('see?');
});

test('inside a snap’s terminal the file is still replaced, not written in place', async () => {
  const path = join(temporaryFolder(), 'panel.json');
  const file = fileAt(path);
  await file.change(() => ({ theme: 'dark' }));
  const before = statSync(path).ino;
  process.env['SNAP'] = '/snap/editor/1';
  try {
    await file.change(() => ({ theme: 'light' }));
    expect(process.env['SNAP']).toBe('/snap/editor/1');
  } finally {
    delete process.env['SNAP'];
  }
  expect(statSync(path).ino).not.toBe(before);
});
