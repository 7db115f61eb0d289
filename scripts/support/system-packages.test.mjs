import { expect, test } from 'vitest';
import { missingFrom, nameInRelease } from './system-packages.mjs';

test('a renamed package counts as installed', () => {
  const listing = 'installed libgtk-3-0t64:amd64\ninstalled xauth\nconfig-files libnss3:amd64\n';
  expect(missingFrom(['libgtk-3-0', 'xauth', 'libnss3', 'xvfb'], listing)).toEqual(['libnss3', 'xvfb']);
});

test('a package is requested by its name in this release', () => {
  const trixie = (name) => ['libasound2t64', 'libnss3'].includes(name);
  expect(nameInRelease('libasound2', trixie)).toBe('libasound2t64');
  expect(nameInRelease('libnss3', trixie)).toBe('libnss3');
  expect(nameInRelease('chromium', trixie)).toBeNull();
});
