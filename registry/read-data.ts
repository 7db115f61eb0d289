import { readdirSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import {
  lifecycleFile,
  moduleFile,
  type LifecycleRecord,
  type ModuleFile,
} from '../contract/module-preset.ts';
import { builtInDefaults, providerEntry, type ProviderEntry } from '../contract/provider.ts';
import { ruleBook, type RuleBook } from '../contract/rule-book.ts';

/** Everything under `registry/`, parsed. `texts` are the raw files by path. */
export interface RegistryData {
  providers: ProviderEntry[];
  modules: ModuleFile[];
  records: LifecycleRecord[];
  rules: RuleBook;
  defaults: z.infer<typeof builtInDefaults>;
  texts: Record<string, string>;
}

const here = new URL('./', import.meta.url);

function filesIn(folder: string): string[] {
  const names = readdirSync(new URL(`${folder}/`, here)).filter((name) => name.endsWith('.json'));
  return names.toSorted().map((name) => `${folder}/${name}`);
}

/**
 * Reads and parses all registry files.
 * @throws Error with the path of a file that does not match its schema
 */
export function readRegistryData(): RegistryData {
  const texts: Record<string, string> = {};
  const parse = <T>(path: string, schema: { parse(value: unknown): T }): T => {
    const text = readFileSync(new URL(path, here), 'utf8');
    texts[path] = text;
    try {
      return schema.parse(JSON.parse(text));
    } catch (cause) {
      throw new Error(`registry/${path} does not match its schema`, { cause });
    }
  };
  const providers = filesIn('providers').map((path) => parse(path, providerEntry));
  const modules = filesIn('modules').map((path) => parse(path, moduleFile));
  const { records } = parse('lifecycle.json', lifecycleFile);
  const rules = parse('rules.json', ruleBook);
  const defaults = parse('defaults.json', builtInDefaults);
  return { providers, modules, records, rules, defaults, texts };
}
