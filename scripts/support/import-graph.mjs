import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

/**
 * Matches static, re-exported, dynamic and type imports of a relative path; suffixes such as `?worker` are
 * dropped.
 */
const importPattern = /(?:from\s+|import\s*\(\s*|import\s+)['"](\.[^'"?]+)/g;

const isSource = (name) => /\.tsx?$/.test(name) && !/\.(test|spec)\.tsx?$/.test(name);

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === '__fixtures__' ? [] : sourceFiles(path);
    return isSource(entry.name) ? [path] : [];
  });
}

/**
 * The imports between a folder's own source files, without tests and fixtures.
 * @param {string} root absolute path of the folder
 * @returns {{ from: string, to: string }[]} paths relative to `root`, with `/`
 */
export function importsWithin(root) {
  const files = sourceFiles(root).map((path) => relative(root, path).split(sep).join('/'));
  const known = new Set(files);
  return files.flatMap((from) =>
    [...readFileSync(join(root, from), 'utf8').matchAll(importPattern)]
      .map(([, specifier]) => posix.normalize(posix.join(dirname(from), specifier)))
      .filter((to) => known.has(to))
      .map((to) => ({ from, to })),
  );
}

/**
 * Imports from a layer that is listed after the importing file's own, and files in a folder that is not a
 * layer.
 * @param {{ from: string, to: string }[]} imports from `importsWithin`
 * @param {readonly string[]} layers folder names, in the order in which they may import each other
 * @returns {string[]} `from -> to`
 */
export function laterImports(imports, layers) {
  const layerOf = (path) => layers.indexOf(path.split('/')[0]);
  return imports
    .filter(({ from, to }) => layerOf(from) < 0 || layerOf(to) > layerOf(from))
    .map(({ from, to }) => `${from} -> ${to}`);
}

/**
 * Folders that import each other, directly or through others.
 * @param {{ from: string, to: string }[]} imports from `importsWithin`
 * @returns {string[]} one line for each folder that can reach itself, `a -> b -> a`
 */
export function folderCycles(imports) {
  const edges = new Map();
  for (const { from, to } of imports) {
    const [a, b] = [posix.dirname(from), posix.dirname(to)];
    if (a !== b) edges.set(a, (edges.get(a) ?? new Set()).add(b));
  }
  const cycles = [];
  for (const start of edges.keys()) {
    const way = shortestWay(edges, start);
    if (way) cycles.push(way.join(' -> '));
  }
  return cycles;
}

/** The shortest path from a folder back to itself; undefined if there is none. */
function shortestWay(edges, start) {
  const ways = [[start]];
  const seen = new Set();
  for (const way of ways) {
    for (const next of edges.get(way.at(-1)) ?? []) {
      if (next === start) return [...way, start];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}
