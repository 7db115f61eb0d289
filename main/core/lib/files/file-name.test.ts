import { expect, test } from 'vitest';
import { fileName, isReservedName, nameOfFile } from './file-name.ts';

test.each(['con', 'AUX', 'nul', 'com1', 'LPT9', 'con_', 'nul__', 'nul.x'])(
  '%s gets its own file name',
  (name) => {
    expect(isReservedName(`${fileName(name)}.json`)).toBe(false);
    expect(nameOfFile(fileName(name))).toBe(name);
  },
);

test.each(['translate', 'console', 'com', 'com10', 'a_', '_', 'my_con'])('%s is unchanged', (name) => {
  expect([fileName(name), nameOfFile(name)]).toEqual([name, name]);
});

test('no two names share a file', () => {
  const names = ['con', 'con_', 'con__', 'CON', 'conx'];
  expect(new Set(names.map(fileName)).size).toBe(names.length);
});

test.each(['con', 'con.json', 'Nul.md', 'trailing.', 'trailing '])(
  '%j is not a valid file name on Windows',
  (name) => {
    expect(isReservedName(name)).toBe(true);
  },
);
