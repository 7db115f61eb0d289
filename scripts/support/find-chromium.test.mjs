import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usualBrowsers } from './find-chromium.mjs';

test('on Windows the preinstalled Edge is found, and an installed Chrome is preferred', () => {
  const env = { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
  const found = usualBrowsers('win32', env);
  const edge = join(env['ProgramFiles(x86)'], 'Microsoft', 'Edge', 'Application', 'msedge.exe');
  const chrome = join(env.ProgramFiles, 'Google', 'Chrome', 'Application', 'chrome.exe');
  expect(found).toEqual(expect.arrayContaining([edge, chrome]));
  expect(found.indexOf(chrome)).toBeLessThan(found.indexOf(edge));
});

test('an unset variable gives no path in the working folder', () => {
  expect(usualBrowsers('win32', {})).toEqual([]);
});

test('on a Mac Edge is found too; Linux has its commands on the PATH', () => {
  expect(usualBrowsers('darwin', {}).join()).toContain('Microsoft Edge.app');
  expect(usualBrowsers('linux', {})).toEqual([]);
});
