import { join } from 'node:path';
import { panelSettings } from '../../../../contract/settings.ts';
import type { Notice } from '../../lib/notice.ts';
import { readJson } from '../../lib/files/read-json.ts';
import { limitVariables } from '../../budget/limits.ts';
import { isObject } from '../../lib/json.ts';
import type { Env, Paths } from '../../lib/host/ports.ts';
import { readPack } from '../../prompt-packs/load-pack.ts';
import { packFoldersIn, userPacksFolder } from '../../prompt-packs/pack-store.ts';
import { createTemplateEngine } from '../../prompt-packs/template/template-engine.ts';
import type { Redactor } from '../../lib/redact.ts';
import { buildRegistry, type Registry, type RegistrySources } from '../../registry/build-registry.ts';
import { OwnNetworks, ownNetworkEntries, ownNetworksVariable } from '../../net/own-networks.ts';
import { readProxies } from '../../net/proxies.ts';
import { variableKeyProblems, withEnvironment } from '../../registry/environment.ts';
import { readOverlay } from '../../registry/overlay/overlay-files.ts';
import { userProvidersFolder } from '../../registry/load-user.ts';
import { fieldProblems } from '../../lib/validation.ts';
import { ownPorts } from './check-own-entry.ts';
import { checkComfyvn, checkProviders } from './check-providers.ts';
import { checkPresets, jsonFilesIn } from './check-presets.ts';
import { complaintsOf, error, errorsOf, faultsOf, warning, type Fault } from './fault.ts';

const fields = panelSettings.pick({ own_networks: true, foreign_networks: true });

/** What the panel's settings file says of networks, for who only reads: nothing where it cannot be read. */
export function savedNetworks(runtimeRoot: string): NonNullable<RegistrySources['networks']> {
  const json = readJson(join(runtimeRoot, 'panel.json'));
  const value = json.found && 'value' in json && isObject(json.value) ? json.value : {};
  const read = fields.safeParse(value);
  return read.success
    ? { own: read.data.own_networks, foreign: read.data.foreign_networks }
    : { own: [], foreign: [] };
}

export interface CheckParts {
  paths: Paths;
  env: Env;
  redactor: Redactor;
  now: number;
}

/** The files that were checked, and their faults. */
export interface CheckReport {
  files: string[];
  faults: Fault[];
}

function flagFaults(file: string): Fault[] {
  const json = readJson(file);
  if (!json.found) return [];
  if ('problem' in json) return [error(file, '', json.problem)];
  if (!isObject(json.value)) return [error(file, '', 'is not a JSON object')];
  const { features } = json.value;
  if (features === undefined) return [];
  if (!isObject(features)) return [error(file, 'features', 'is not an object of flags')];
  return Object.entries(features)
    .filter(([name, on]) => /^(enable_|silly_)/.test(name) && typeof on !== 'boolean')
    .map(([name]) => error(file, `features.${name}`, 'is neither true nor false, so it counts as off'));
}

function settingsFaults(file: string): Fault[] {
  const json = readJson(file);
  if (!json.found) return [];
  if ('problem' in json) return [error(file, '', json.problem)];
  const parsed = panelSettings.safeParse(json.value);
  return parsed.success ? [] : errorsOf(file, fieldProblems(parsed.error, panelSettings));
}

function overlayFaults(file: string): Fault[] {
  const read = readOverlay(file);
  return read.found && 'problem' in read ? [error(file, '', read.problem)] : [];
}

async function packFaults(runtimeRoot: string, registry: Registry): Promise<Fault[]> {
  const folders = packFoldersIn(userPacksFolder(runtimeRoot));
  if (folders.length === 0) return [];
  const engine = await createTemplateEngine();
  const schemaOfModule = (name: string) => registry.modules.get(name)?.schema;
  const rules = { source: 'user' as const, engine, schemaOfModule };
  return folders.flatMap((folder) =>
    readPack(folder, rules).problems.map(({ file, path, message }) =>
      error(join(folder, file), path, message),
    ),
  );
}

/** Keys in variables that no header can carry; providers may share a variable. */
function keyFaults(env: Env, registry: Registry): Fault[] {
  const bad = [...registry.providers.values()].flatMap((provider) => variableKeyProblems(provider, env));
  return [...new Map(bad.map(({ variable, problem }) => [variable, problem]))].map(([variable, problem]) =>
    error('environment', variable, problem),
  );
}

function variableFaults({ env, redactor }: CheckParts, registry: Registry): Fault[] {
  const problems: Notice[] = [];
  const put: Notice[] = [];
  for (const provider of registry.providers.values()) withEnvironment(provider, env, redactor, problems, put);
  const messagesOf = (notices: readonly Notice[]) => [...new Set(notices.map(({ message }) => message))];
  const apart = (text: string): [string, string] => {
    const [name = '', ...rest] = text.split(' ');
    return [name.replace(/:$/, ''), rest.join(' ')];
  };
  const ofProviders = [
    ...messagesOf(problems).map((message) => error('environment', ...apart(message))),
    ...messagesOf(put).map((message) => warning('environment', ...apart(message))),
    ...keyFaults(env, registry),
    ...readProxies(env).problems.map(({ variable, problem }) => error('environment', variable, problem)),
    ...new OwnNetworks(ownNetworkEntries(env[ownNetworksVariable])).problems.map(({ problem }) =>
      error('environment', ownNetworksVariable, `has an entry that ${problem}`),
    ),
  ];
  const amounts = Object.values(limitVariables).filter((name) => {
    const text = env[name]?.trim();
    return text && !(Number(text) >= 0);
  });
  return [
    ...ofProviders,
    ...amounts.map((name) =>
      error('environment', name, 'is not an amount in USD; the panel’s limit applies'),
    ),
  ];
}

/** Every name that a file gives to a provider, even if the file has other faults. */
function declaredNames(runtimeRoot: string, comfyvn: string | undefined): Set<string> {
  const values = [...jsonFilesIn(userProvidersFolder(runtimeRoot)), ...(comfyvn ? [comfyvn] : [])].flatMap(
    (file) => {
      const json = readJson(file);
      const value = json.found && 'value' in json ? json.value : undefined;
      return isObject(value) ? [value, ...(Array.isArray(value['providers']) ? value['providers'] : [])] : [];
    },
  );
  return new Set(values.flatMap((value) => (isObject(value) ? String(value['name']) : [])));
}

/** The registry without broken files, so that one fault does not hide the others. */
function usableRegistry({ paths, env, redactor, now }: CheckParts, broken: boolean): Registry {
  const sources = { ...paths, env, redactor, now, networks: savedNetworks(paths.runtimeRoot) };
  if (!broken) return buildRegistry(sources);
  return buildRegistry({ ...sources, env: { ...env, COMFYVN_LLM_REGISTRY: undefined }, runtimeRoot: '\0' });
}

/**
 * Checks everything that a user can write: flags, settings, providers, presets, prompt packs, model facts,
 * ComfyVN's registry file and the variables. Changes nothing.
 */
export async function checkFiles(parts: CheckParts): Promise<CheckReport> {
  const { paths, env, now } = parts;
  const { runtimeRoot } = paths;
  const flags = join(runtimeRoot, 'config', 'comfyvn.json');
  const settings = join(runtimeRoot, 'panel.json');
  const llm = join(runtimeRoot, 'config', 'llm');
  const comfyvn = env['COMFYVN_LLM_REGISTRY'];
  const faults: Fault[] = [
    ...complaintsOf(() =>
      buildRegistry({ ...paths, runtimeRoot: '\0', env: {}, redactor: parts.redactor, now }),
    ),
    ...flagFaults(flags),
    ...settingsFaults(settings),
    ...checkProviders(runtimeRoot),
  ];
  let registry: Registry | undefined;
  try {
    registry = usableRegistry(
      parts,
      faults.some(({ severity }) => severity === 'error'),
    );
  } catch (thrown) {
    const more = faultsOf(thrown).filter(({ file }) => file !== comfyvn);
    faults.push(...more);
    registry = usableRegistry(parts, true);
  }
  const known = { registry, declared: declaredNames(runtimeRoot, comfyvn), now };
  if (comfyvn) faults.push(...checkComfyvn(comfyvn, known, ownPorts(runtimeRoot, env)));
  faults.push(...checkPresets(runtimeRoot, known));
  faults.push(...(await packFaults(runtimeRoot, registry)));
  const overlays = jsonFilesIn(join(llm, 'overlays'));
  faults.push(...overlays.flatMap(overlayFaults), ...variableFaults(parts, registry));
  for (const { message } of registry.warnings.filter(({ code }) => code === 'facts_without_provider'))
    faults.push(warning(join(llm, 'overlays'), '', message));
  const files = [
    ...[flags, settings].filter((file) => readJson(file).found),
    ...['providers', 'presets', 'overlays'].flatMap((name) => jsonFilesIn(join(llm, name))),
    ...packFoldersIn(userPacksFolder(runtimeRoot)),
    ...(comfyvn ? [comfyvn] : []),
  ];
  return { files, faults };
}
