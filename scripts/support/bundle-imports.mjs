import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseSync } from 'vite';

// `createRequire(…)('electron')`: the function has any name after minification.
const required = /\(\s*(["'`])(electron(?:[/-][\w-]+)?)\1\s*\)/g;

/** The text of a string, or of a template without placeholders, which minifiers write. */
function literal(source) {
  return /^(["'`])([^"'`$]*)\1$/.exec(source.trim())?.[2] ?? '<computed>';
}

/** The arguments of `require` calls anywhere in the tree. */
function* requiredIn(node) {
  if (Array.isArray(node)) for (const one of node) yield* requiredIn(one);
  if (node === null || typeof node !== 'object') return;
  const { type, callee, arguments: args } = node;
  if (type === 'CallExpression' && callee.type === 'Identifier' && callee.name === 'require')
    yield args[0]?.value ?? args[0]?.quasis?.[0]?.value.cooked ?? '<computed>';
  if (!Array.isArray(node)) for (const part of Object.values(node)) yield* requiredIn(part);
}

function specifiersIn(file) {
  const text = readFileSync(file, 'utf8');
  const { module, program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const exported = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap((e) => e.moduleRequest ?? []);
  return new Set([
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...exported.map(({ value }) => value),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => literal(text.slice(start, end))),
    ...[...text.matchAll(required)].map((match) => match[2]),
    ...requiredIn(program.body),
  ]);
}

/**
 * Everything that a built script loads: static and dynamic imports, re-exports and `require`, through every chunk.
 * @param {string} entry absolute path
 * @returns {{ files: string[], outside: Map<string, string> }} every file, and each package with a file that loads it
 */
export function loadedFrom(entry) {
  const outside = new Map();
  const files = [entry];
  for (const file of files) {
    for (const specifier of specifiersIn(file)) {
      const path = resolve(dirname(file), specifier);
      if (!specifier.startsWith('.')) outside.set(specifier, file);
      else if (!existsSync(path)) throw new Error(`${file} imports ${specifier}, which is not there`);
      else if (!files.includes(path)) files.push(path);
    }
  }
  return { files, outside };
}
