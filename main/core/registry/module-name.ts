import { AppError } from '../lib/app-error.ts';
import { suggest } from '../lib/suggest.ts';
import type { Registry } from './build-registry.ts';
import type { Module } from './model/model.ts';

const short = new Map([
  ['chat', 'vn_chat'],
  ['battle', 'battle_narration'],
]);

/** Normalizes case, spaces and hyphens; `chat` and `battle` are short names. */
export function foldModuleName(name: string): string {
  const folded = name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return short.get(folded) ?? folded;
}

/** @throws AppError `unknown_module` with the list of modules */
export function moduleByName(registry: Registry, name: string): Module {
  const known = [...registry.modules.keys()];
  const key = known.find((k) => k === name) ?? known.find((k) => foldModuleName(k) === foldModuleName(name));
  const module = key === undefined ? undefined : registry.modules.get(key);
  if (module) return module;
  const near = suggest(foldModuleName(name), known);
  throw new AppError(
    'unknown_module',
    `no module is called "${name}"${near ? `; did you mean "${near}"?` : ''}`,
    { module: name, known },
  );
}
