import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { shippedParts } from './shipped-parts.mjs';

const parts = shippedParts(resolve(import.meta.dirname, '..', '..'));

test('every shipped part has a permissive licence', () => {
  expect(
    parts.filter(
      ({ license }) => !/^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|OFL-1\.1|BlueOak-1\.0\.0)/.test(license),
    ),
  ).toEqual([]);
});

test('tools are not listed as parts, and no part is missing', () => {
  const names = parts.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['react', 'zod', 'undici', '@base-ui/react', 'electron']));
  expect(names).not.toEqual(expect.arrayContaining(['vitest']));
  expect(names).not.toContain('typescript');
});
