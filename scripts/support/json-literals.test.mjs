import { runInNewContext } from 'node:vm';
import { parseAst } from 'vite';
import { expect, it } from 'vitest';
import { jsonLiterals } from './json-literals.mjs';

const long = [
  '`"’\n`',
  ...Array.from({ length: 2000 }, (_, i) => `{ n: ${i}, "of a": ['x', !0, -1.5e-7, null] }`),
].join();
const transform = (code, id = '/node_modules/a/index.js') =>
  jsonLiterals().transform.call({ parse: parseAst }, code, id)?.code;
const run = (code) => JSON.parse(runInNewContext(`${code}\nJSON.stringify([first, second, third])`));

it('a long table comes out changed, or takes what stands around it along', () => {
  const code = `const first = [${long}], second = { a: 1 };\nconst third = { b: [${long}] };`;
  const changed = transform(code);
  expect(changed.match(/JSON\.parse\(/g)).toHaveLength(2);
  expect(changed).toMatch(/^[\n -~]*$/);
  expect(run(changed)).toEqual(run(code));
});

it.each([
  ['a call in it', `const t = [${long}, f()]`],
  ['a hole', `const t = [${long},, 1]`],
  ['a prototype', `const t = [${long}, { __proto__: null }]`],
  ['a pattern', `const t = [${long}, /x/]`],
  ['undefined', `const t = [${long}, void 0]`],
  ['another table spread in it', `const t = [${long}, ...u]`],
  ['a name worked out', `const t = [${long}, { [u]: 1 }]`],
  ['mostly other characters', `const t = [${JSON.stringify('вечер'.repeat(5000))}]`],
  ['nothing long in it', 'const t = [1]'],
])('JSON would not say the same: %s', (_what, code) => {
  expect(transform(code)).toBeUndefined();
});

it('our own tables are changed', () => {
  expect(transform(`const t = [${long}]`, '/main/core/a.ts')).toBeUndefined();
});
