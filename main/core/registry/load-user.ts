import { join } from 'node:path';
import { providerEntry, registryFile, type RegistryFile } from '../../../contract/provider.ts';
import { nearest } from '../lib/suggest.ts';
import { readFolder } from '../lib/read-text-file.ts';
import { entryWarnings } from './check-entry.ts';
import type { Provider } from './model/model.ts';
import { providerFromEntry } from './model/provider-from-entry.ts';
import { readRegistryFile, registryProblem } from './registry-problem.ts';

/**
 * ComfyVN's `registry.json`, as `COMFYVN_LLM_REGISTRY` names it. It is never written.
 * @throws AppError `registry_invalid` when it is missing, broken, or names a provider twice
 */
export function loadComfyvnRegistry(
  file: string,
  warnings: string[] = [],
): {
  providers: Provider[];
  defaults: RegistryFile['defaults'];
} {
  const value = readRegistryFile(file, registryFile);
  if (value === undefined)
    throw registryProblem(file, '', 'there is no such file (COMFYVN_LLM_REGISTRY names it)');
  const seen = new Map<string, number>();
  value.providers.forEach((provider, i) => {
    const first = seen.get(provider.name);
    if (first !== undefined)
      throw registryProblem(
        file,
        `providers[${i}].name`,
        `"${provider.name}" is already the name of providers[${first}]`,
      );
    seen.set(provider.name, i);
    warnings.push(...entryWarnings(file, `providers[${i}].`, provider));
  });
  return { providers: value.providers.map((p) => providerFromEntry(p, 'comfyvn')), defaults: value.defaults };
}

/** Where the user's own providers are: one JSON file each. */
export function userProvidersFolder(runtimeRoot: string): string {
  return join(runtimeRoot, 'config', 'llm', 'providers');
}

/** The user's own providers. Throws `registry_invalid` for the first file that cannot be used. */
export function loadUserProviders(runtimeRoot: string, warnings: string[]): Provider[] {
  const folder = userProvidersFolder(runtimeRoot);
  const read = readFolder(folder);
  if ('problem' in read) throw registryProblem(folder, '', read.problem, true);
  const known = Object.keys(providerEntry.shape);
  const owner = new Map<string, string>();
  return read.names.flatMap((name) => {
    if (!name.endsWith('.json')) return [];
    const file = join(folder, name);
    const entry = readRegistryFile(file, providerEntry);
    if (!entry) return [];
    const other = owner.get(entry.name);
    if (other) throw registryProblem(file, 'name', `"${entry.name}" is already the name in ${other}`);
    owner.set(entry.name, file);
    warnings.push(...entryWarnings(file, '', entry));
    for (const key of Object.keys(entry).filter((k) => !known.includes(k))) {
      const near = nearest(key, known);
      warnings.push(`${file}: nothing reads "${key}"${near ? `; did you mean "${near}"?` : ''}`);
    }
    return [providerFromEntry(entry, 'user')];
  });
}
