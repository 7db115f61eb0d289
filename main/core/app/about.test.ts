import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testCore } from '../__fixtures__/test-core.ts';

test('only folders of the data folder are opened, by name', async () => {
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

test('a server without a desktop says so instead of doing nothing', async () => {
  const { refusal, ask } = testCore();
  expect((await refusal('app.openFolder', { folder: 'data' })).message).toContain('desktop app');
  expect((await ask('app.about')).opens_folders).toBe(false);
});

test('a file manager that fails is told in its words', async () => {
  const desktop = {
    copy: () => {},
    openFile: async () => null,
    openFolder: async () => 'no application is registered',
  };
  const { refusal } = testCore({ desktop });
  expect((await refusal('app.openFolder', { folder: 'data' })).message).toContain('no application');
});
