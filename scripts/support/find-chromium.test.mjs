import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usualBrowsers } from './find-chromium.mjs';

test('on Windows Edge is found where it comes with the system, and a Chrome of one’s own goes before it', () => {
  const env = { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
  const found = usualBrowsers('win32', env);
  const edge = join(env['ProgramFiles(x86)'], 'Microsoft', 'Edge', 'Application', 'msedge.exe');
  const chrome = join(env.ProgramFiles, 'Google', 'Chrome', 'Application', 'chrome.exe');
  expect(found).toEqual(expect.arrayContaining([edge, chrome]));
  expect(found.indexOf(chrome)).toBeLessThan(found.indexOf(edge));
});

test('a variable that is not set makes no path of the working folder', () => {
  expect(usualBrowsers('win32', {})).toEqual([]);
});

test('a Mac’s Edge is looked for too; Linux has its commands on the PATH', () => {
  expect(usualBrowsers('darwin', {}).join()).toContain('Microsoft Edge.app');
  expect(usualBrowsers('linux', {})).toEqual([]);
});
