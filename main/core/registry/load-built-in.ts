import { join } from 'node:path';
import type { z } from 'zod';
import { lifecycleFile, moduleFile, type LifecycleRecord } from '../../../contract/module-preset.ts';
import { builtInDefaults, providerEntry } from '../../../contract/provider.ts';
import { ruleBook, type RuleBook } from '../../../contract/rule-book.ts';
import { moduleFromFile, type Module, type Provider } from './model/model.ts';
import { providerFromEntry } from './model/provider-from-entry.ts';
import { readFolder } from '../lib/files/read-text-file.ts';
import { readRegistryFile, registryProblem } from './registry-problem.ts';

export interface BuiltIn {
  providers: Provider[];
  modules: Module[];
  defaults: { provider: string; model: string; options: Record<string, unknown> };
  lifecycle: LifecycleRecord[];
  rules: RuleBook;
}

function required<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  const value = readRegistryFile(file, schema);
  if (value === undefined) throw registryProblem(file, '', 'is missing from the installation');
  return value;
}

function jsonFiles(folder: string): string[] {
  const read = readFolder(folder);
  if ('problem' in read) throw registryProblem(folder, '', read.problem, { unreadable: true });
  return read.names.filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
}

/**
 * The registry that ships with the product.
 * @throws AppError `registry_invalid` if the installation is damaged
 */
export function loadBuiltIn(appRoot: string): BuiltIn {
  const root = join(appRoot, 'registry');
  const providers = jsonFiles(join(root, 'providers')).map((file) =>
    providerFromEntry(required(file, providerEntry), 'built-in'),
  );
  const modules = jsonFiles(join(root, 'modules')).map((file) => moduleFromFile(required(file, moduleFile)));
  const lifecycle = required(join(root, 'lifecycle.json'), lifecycleFile).records;
  const rules = required(join(root, 'rules.json'), ruleBook);
  const defaults = required(join(root, 'defaults.json'), builtInDefaults);
  return { providers, modules, lifecycle, rules, defaults };
}
