import { join } from 'node:path';
import { providerEntry, registryFile, type RegistryFile } from '../../../contract/provider.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText } from '../lib/coded-text.ts';
import { filePart, notice, partOf, type Notice } from '../lib/notice.ts';
import { suggest } from '../lib/suggest.ts';
import { readFolder } from '../lib/files/read-text-file.ts';
import { entryWarnings } from './check-entry.ts';
import type { Provider } from './model/model.ts';
import { providerFromEntry } from './model/provider-from-entry.ts';
import { readRegistryFile, registryNotice, registryProblem } from './registry-problem.ts';

const nameTaken = (name: string, by: string, message: string) => [
  partOf('file_problem', codedText('file_problem', 'name_taken', { name, file: by }, message)),
];

export interface ComfyvnRegistry {
  providers: Provider[];
  defaults: RegistryFile['defaults'];
}

/**
 * ComfyVN's `registry.json`, at the path in `COMFYVN_LLM_REGISTRY`. It is never written.
 * @throws AppError `registry_invalid` if it is missing or broken, or names a provider twice
 */
export function loadComfyvnRegistry(file: string, warnings: Notice[] = []): ComfyvnRegistry {
  const value = readRegistryFile(file, registryFile);
  if (value === undefined)
    throw registryProblem(file, '', 'there is no such file (COMFYVN_LLM_REGISTRY names it)', {
      parts: [partOf('file_problem', codedText('file_problem', 'missing', {}, 'there is no such file'))],
    });
  const seen = new Map<string, number>();
  value.providers.forEach((provider, i) => {
    const first = seen.get(provider.name);
    if (first !== undefined) {
      const taken = `"${provider.name}" is already the name of providers[${first}]`;
      throw registryProblem(file, `providers[${i}].name`, taken, {
        parts: nameTaken(provider.name, `providers[${first}]`, taken),
      });
    }
    seen.set(provider.name, i);
    warnings.push(...entryWarnings(file, `providers[${i}].`, provider));
  });
  return { providers: value.providers.map((p) => providerFromEntry(p, 'comfyvn')), defaults: value.defaults };
}

/** The folder of the user's own providers: one JSON file each. */
export function userProvidersFolder(runtimeRoot: string): string {
  return join(runtimeRoot, 'config', 'llm', 'providers');
}

/** The user's own providers as last read, by file. */
export interface UserProviders {
  files: ReadonlyMap<string, Provider>;
  /** One of the files cannot be read now, but may become readable without being changed. */
  unreadable: boolean;
}

const noUserProviders: UserProviders = { files: new Map(), unreadable: false };

/** Fields of an entry that are never read, most likely misspelt. */
function unknownFields(file: string, entry: object): Notice[] {
  const known = Object.keys(providerEntry.shape);
  return Object.keys(entry)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = suggest(key, known);
      const message = `${file}: unknown field "${key}"${near ? `; did you mean "${near}"?` : ''}`;
      return notice('unknown_field', { file, field: key, near: near ?? null }, message);
    });
}

/** @throws AppError `registry_invalid` */
function loadUserProvider(
  file: string,
  owner: Map<string, string>,
  warnings: Notice[],
): Provider | undefined {
  const entry = readRegistryFile(file, providerEntry);
  if (!entry) return undefined;
  const notices = entryWarnings(file, '', entry);
  const other = owner.get(entry.name);
  if (other) {
    const taken = `"${entry.name}" is already the name in ${other}`;
    throw registryProblem(file, 'name', taken, { parts: nameTaken(entry.name, other, taken) });
  }
  owner.set(entry.name, file);
  warnings.push(...notices, ...unknownFields(file, entry));
  return providerFromEntry(entry, 'user');
}

/**
 * Loads the user's own providers. A file that cannot be used is named in `warnings` and does not affect the
 * others.
 * @param before as last read: files that cannot be used now keep their content from it
 */
export function loadUserProviders(
  runtimeRoot: string,
  warnings: Notice[],
  before: UserProviders = noUserProviders,
): UserProviders {
  const folder = userProvidersFolder(runtimeRoot);
  const read = readFolder(folder);
  if ('problem' in read) {
    const { problem, detail } = read;
    const message = `${folder} ${problem}; your providers are used as they were last read`;
    const values = { folder, problem, content: 'providers' as const };
    warnings.push(notice('folder_unreadable', values, message, filePart(detail)));
    return { files: before.files, unreadable: true };
  }
  const owner = new Map<string, string>();
  const files = new Map<string, Provider>();
  const broken: { file: string; error: AppError }[] = [];
  for (const name of read.names.filter((one) => one.endsWith('.json'))) {
    const file = join(folder, name);
    try {
      const provider = loadUserProvider(file, owner, warnings);
      if (provider) files.set(file, provider);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      broken.push({ file, error });
    }
  }
  // A broken file keeps its last good state, unless a valid file has taken its name.
  for (const { file, error } of broken) {
    const last = before.files.get(file);
    const usable = last && !owner.has(last.name) ? last : undefined;
    if (usable) {
      owner.set(usable.name, file);
      files.set(file, usable);
    }
    const meanwhile = usable ? 'is used as it was last read' : 'is left out until this is fixed';
    const { values, parts } = registryNotice(error);
    const message = `${error.message}; the provider ${meanwhile}`;
    warnings.push(notice('provider_file_broken', { ...values, last: usable !== undefined }, message, parts));
  }
  return { files, unreadable: broken.some(({ error }) => error.details?.['unreadable'] === true) };
}
