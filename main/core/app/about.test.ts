import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Desktop } from '../lib/host/ports.ts';
import { testCore } from '../__fixtures__/test-core.ts';

test('only known folders of the data folder are opened, by name', async () => {
  const opened: string[] = [];
  const desktop = {
    copy: () => {},
    openFile: async () => null,
    openFolder: async (path: string) => (opened.push(path), null),
  };
  const { ask, refusal, root } = testCore({ desktop });
  await ask('app.openFolder', { folder: 'logs' });
  expect(opened).toEqual([join(root, 'logs')]);
  for (const folder of ['..', '/', 'data/../..', '../x'])
    expect((await refusal('app.openFolder', { folder })).code, folder).toBe('invalid_request');
  expect(opened).toHaveLength(1);
});

test('an existing file is shown in its folder; anything else is refused', async () => {
  const shown: string[] = [];
  const desktop: Desktop = {
    copy: () => {},
    openFile: async () => null,
    openFolder: async () => null,
    showFile: (path) => void shown.push(path),
  };
  const { ask, refusal, root } = testCore({ desktop });
  const file = join(root, 'script.rpy');
  writeFileSync(file, '');
  await ask('app.showFile', { path: `${root}/game/../script.rpy` });
  expect(shown).toEqual([file]);
  for (const path of [join(root, 'gone.rpy'), 'script.rpy'])
    expect((await refusal('app.showFile', { path })).code, path).toBe('not_found');
  expect(shown).toHaveLength(1);
  const headless = testCore();
  expect((await headless.refusal('app.showFile', { path: file })).message).toContain('desktop app');
});

test('a server without a desktop reports that instead of doing nothing', async () => {
  const { refusal, ask } = testCore();
  expect((await refusal('app.openFolder', { folder: 'data' })).message).toContain('desktop app');
  expect((await ask('app.about')).opens_folders).toBe(false);
});

test('an error of the file manager is reported with its message', async () => {
  const desktop = {
    copy: () => {},
    openFile: async () => null,
    openFolder: async () => 'no application is registered',
  };
  const { refusal } = testCore({ desktop });
  expect((await refusal('app.openFolder', { folder: 'data' })).message).toContain('no application');
});

test('only the desktop app has file dialogs and messages', async () => {
  const shown: [string, string][] = [];
  const desktop: Desktop = {
    copy: () => {},
    openFile: async () => null,
    openFolder: async () => null,
    choosePaths: async (kind) => (kind === 'folder' ? ['/games/harbor'] : []),
    notify: (title, body) => shown.push([title, body]) > 0,
  };
  const { ask } = testCore({ desktop });
  expect(await ask('app.choosePaths', { kind: 'folder' })).toEqual({ paths: ['/games/harbor'] });
  expect(await ask('app.choosePaths', { kind: 'files' })).toEqual({ paths: [] });
  expect(await ask('app.notify', { title: 'Over', body: '25 lines' })).toEqual({ shown: true });
  expect(shown).toEqual([['Over', '25 lines']]);
  const headless = testCore();
  expect((await headless.refusal('app.choosePaths', { kind: 'folder' })).message).toContain('upload files');
  expect(await headless.ask('app.notify', { title: 'Over', body: '' })).toEqual({ shown: false });
});
