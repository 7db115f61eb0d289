import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSettingsFile } from './settings-file.ts';

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'settings-file-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}
const now = () => Date.parse('2026-01-02T03:04:05Z');

test('is empty while there is none, and keeps what is set in a folder it makes', () => {
  const path = join(folder(), 'deep', 'panel.json');
  const file = openSettingsFile(path, now);
  expect(file.store).toEqual({});
  file.store = { theme: 'dark' };
  expect([file.store, openSettingsFile(path, now).store]).toEqual([{ theme: 'dark' }, { theme: 'dark' }]);
});

test('another process’s change is seen', () => {
  const path = join(folder(), 'panel.json');
  const [one, other] = [openSettingsFile(path, now), openSettingsFile(path, now)];
  one.store = { text_size: 90 };
  other.store = { ...other.store, theme: 'dark' };
  expect(one.store).toEqual({ text_size: 90, theme: 'dark' });
});

test.each(['{ "theme": "dar', '[1]', 'null', '"x"', ''])('%j is kept beside the new file', (text) => {
  const root = folder();
  const path = join(root, 'panel.json');
  writeFileSync(path, text);
  const file = openSettingsFile(path, now);
  expect(file.store).toEqual({});
  file.store = { theme: 'light' };
  const kept = readdirSync(root).filter((name) => name.includes('.broken-'));
  expect(kept.map((name) => readFileSync(join(root, name), 'utf8'))).toEqual([text]);
  expect(file.store).toEqual({ theme: 'light' });
});

test('one that was never read is kept all the same', () => {
  const root = folder();
  const path = join(root, 'window.json');
  writeFileSync(path, 'mine');
  openSettingsFile(path, now).store = { maximized: true };
  const [kept = ''] = readdirSync(root).filter((name) => name.includes('.broken-'));
  expect(readFileSync(join(root, kept), 'utf8')).toBe('mine');
});
