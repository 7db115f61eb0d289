import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseSync } from 'vite';

// `createRequire(…)('electron')` goes by any name once it is minified.
const required = /\(\s*(["'`])(electron(?:[/-][\w-]+)?)\1\s*\)/g;

/** The text of a string or of a template without holes, which is what minifiers write. */
function literal(source) {
  return /^(["'`])([^"'`$]*)\1$/.exec(source.trim())?.[2] ?? '<computed>';
}

function specifiersIn(file) {
  const text = readFileSync(file, 'utf8');
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const exported = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap((e) => e.moduleRequest ?? []);
  return new Set([
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...exported.map(({ value }) => value),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => literal(text.slice(start, end))),
    ...[...text.matchAll(required)].map((match) => match[2]),
  ]);
}

/**
 * What a built script reaches: static and dynamic imports and re-exports, through every chunk.
 * @param {string} entry absolute path
 * @returns {{ files: string[], outside: Map<string, string> }} every file, and each package with a file that names it
 */
export function reachedFrom(entry) {
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
