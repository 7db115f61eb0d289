import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { projectRoot } from '../support/project.mjs';

export const renderer = join(projectRoot, 'renderer');

/** The names of the page's sources, in the renderer's folder, filtered by `keep`. */
export function sourceNames(keep = () => true) {
  return readdirSync(renderer, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|\.d\.ts$|node_modules/.test(name))
    .filter(keep)
    .sort();
}

/** Parses one source (ESTree with TypeScript); `lineOf` gives the line of an offset. */
export function parseSource(name) {
  const text = readFileSync(join(renderer, name), 'utf8');
  return parseText(name, text);
}

export function parseText(name, text) {
  const { program, errors } = parseSync(name, text);
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`);
  return { program, text, lineOf: (offset) => text.slice(0, offset).split('\n').length };
}

/** Calls `visit` for every node, parents first; if it returns false, the children are skipped. */
export function walk(node, visit, parent = null) {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, visit, parent);
  } else if (node && typeof node.type === 'string') {
    if (visit(node, parent) === false) return;
    for (const [key, value] of Object.entries(node))
      if (value && typeof value === 'object' && key !== 'parent') walk(value, visit, node);
  }
}
