import { isAbsolute, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { nodePaths, runtimeRootFrom, userDataFolder } from './paths.ts';

test('a given root is made absolute once', () => {
  expect(runtimeRootFrom({ COMFYVN_RUNTIME_ROOT: ' data ' }, '/usual')).toBe(resolve('data'));
  expect(isAbsolute(runtimeRootFrom({ COMFYVN_RUNTIME_ROOT: './data' }, '/usual'))).toBe(true);
});

test('a blank root is ignored', () => {
  for (const text of [undefined, '', '  '])
    expect(runtimeRootFrom({ COMFYVN_RUNTIME_ROOT: text }, '/usual')).toBe('/usual');
});

test.runIf(process.platform === 'win32')('a root without a drive gets the current one', () => {
  const root = runtimeRootFrom({ COMFYVN_RUNTIME_ROOT: '\\data' }, 'C:\\usual');
  expect(root).toMatch(/^[A-Za-z]:\\data$/);
});

test('each system has its own folder for user data', () => {
  const name = 'comfyvn-llm-panel';
  expect(userDataFolder('win32', { APPDATA: join('/', 'roaming') })).toBe(join('/', 'roaming', name));
  expect(userDataFolder('linux', { XDG_CONFIG_HOME: join('/', 'config') })).toBe(join('/', 'config', name));
  expect(userDataFolder('darwin', {})).toMatch(/Library.Application Support.comfyvn-llm-panel$/);
});

test('the product is two folders above its bundle', () => {
  expect(nodePaths(join('/', 'app', 'out', 'main'), {}).appRoot).toBe(resolve('/', 'app'));
});
