import { providerEntry, registryFile, type ProviderEntry } from '../../../../contract/provider.ts';
import { suggest } from '../../lib/suggest.ts';
import { readJson } from '../../lib/files/read-json.ts';
import { findModel } from '../../registry/active-preset.ts';
import { checkEntry } from '../../registry/check-entry.ts';
import { dayOf, isGone } from '../../registry/lifecycle.ts';
import { loadComfyvnRegistry, userProvidersFolder } from '../../registry/load-user.ts';
import { readRegistryFile } from '../../registry/registry-problem.ts';
import { ownEntryFaults } from './check-own-entry.ts';
import { jsonFilesIn, knownProvider, type Known } from './check-presets.ts';
import { complaintsOf, error, warning, type Fault } from './fault.ts';

const entryFields = Object.keys(providerEntry.shape);

function unknownFields(file: string, at: string, entry: object): Fault[] {
  return Object.keys(entry)
    .filter((key) => !entryFields.includes(key))
    .map((key) => {
      const near = suggest(key, entryFields);
      return warning(file, at + key, `unknown field "${key}"${near ? `; did you mean "${near}"?` : ''}`);
    });
}

/**
 * Addresses that are interpreted differently from how they are written.
 * @throws what `checkEntry` throws
 */
function addressWarnings(file: string, at: string, entry: ProviderEntry): Fault[] {
  const { notice } = checkEntry(file, at, entry);
  return notice === null ? [] : [warning(file, `${at}base`, notice)];
}

/** Faults of the user's own providers, `config/llm/providers/*.json`. */
export function checkProviders(runtimeRoot: string): Fault[] {
  const owner = new Map<string, string>();
  return jsonFilesIn(userProvidersFolder(runtimeRoot)).flatMap((file) => {
    let put: Fault[] = [];
    const broken = complaintsOf(() => {
      const entry = readRegistryFile(file, providerEntry);
      if (entry) put = addressWarnings(file, '', entry);
    });
    if (broken.length) return broken;
    const entry = readRegistryFile(file, providerEntry);
    if (!entry) return [];
    const other = owner.get(entry.name);
    if (other) return [error(file, 'name', `"${entry.name}" is already the name in ${other}`)];
    owner.set(entry.name, file);
    return [...put, ...unknownFields(file, '', entry)];
  });
}

/** Faults of the file that `COMFYVN_LLM_REGISTRY` names. */
export function checkComfyvn(file: string, known: Known, ports: ReadonlySet<number>): Fault[] {
  const broken = complaintsOf(() => loadComfyvnRegistry(file));
  if (broken.length) return broken;
  const json = readJson(file);
  const { defaults, providers } = registryFile.parse('value' in json ? json.value : {});
  const found: Fault[] = providers.flatMap((entry, i) => [
    ...addressWarnings(file, `providers[${i}].`, entry),
    ...ownEntryFaults(file, `providers[${i}].`, entry, ports),
  ]);
  const named = defaults?.provider;
  if (named !== undefined && knownProvider(known, named) === undefined)
    found.push(error(file, 'defaults.provider', `"${named}" is not a provider`));
  for (const [module, target] of Object.entries(defaults?.modules ?? {})) {
    const at = `defaults.modules.${module}`;
    const who = knownProvider(known, target.provider);
    if (who === undefined) {
      found.push(error(file, `${at}.provider`, `"${target.provider}" is not a provider`));
      continue;
    }
    if (who === null) continue;
    const model = findModel(who.models, target.model) ?? { id: target.model, wireId: target.model };
    const { status, successor } = known.registry.lifecycle.view(who, model, dayOf(known.now));
    if (!isGone(status)) continue;
    const then = successor ? `; its successor is ${successor}` : '';
    found.push(warning(file, `${at}.model`, `${target.model} is ${status.replace('_', ' ')}${then}`));
  }
  return found;
}
