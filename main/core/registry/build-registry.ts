import type { RegistryFile } from '../../../contract/provider.ts';
import type { RuleBook } from '../../../contract/rule-book.ts';
import type { UserPresetFile } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { applyOverrides } from './presets/apply-overrides.ts';
import { loadPresetFiles } from './presets/preset-files.ts';
import { notice, partOf, type Notice } from '../lib/notice.ts';
import type { Redactor } from '../lib/redact.ts';
import { secretValues } from '../lib/secret-values.ts';
import { findModel } from './active-preset.ts';
import { OwnNetworks, ownNetworkEntries, ownNetworksVariable } from '../net/own-networks.ts';
import { asVendor } from './at-vendor.ts';
import type { Env } from '../lib/host/ports.ts';
import { isCredentialHeader, variableKeyProblems, withEnvironment } from './environment.ts';
import { dayOf, isGone, LifecycleIndex } from './lifecycle.ts';
import { loadBuiltIn, type BuiltIn } from './load-built-in.ts';
import {
  loadComfyvnRegistry,
  loadUserProviders,
  type ComfyvnRegistry,
  type UserProviders,
} from './load-user.ts';
import type { Module, Provider } from './model/model.ts';
import { withOverlay } from './overlay/apply-overlay.ts';
import { loadModelChecks, type ModelChecks } from './overlay/model-checks.ts';
import { loadOverlays, type OverlayFiles } from './overlay/overlay-files.ts';
import { registryNotice } from './registry-problem.ts';
import { uniqueWarnings } from '../lib/warning.ts';
import { foldModuleName } from './module-name.ts';
import { asPlaced, possibleNetworks, type PossibleNetwork } from './own-fields.ts';

/** A complete, consistent snapshot of all files and variables. */
export interface Registry {
  providers: ReadonlyMap<string, Provider>;
  /** The networks that the user marked as their own. */
  ownNetworks: OwnNetworks;
  /**
   * Origins whose providers would be local if marked as an own network, and about which the user has not
   * decided.
   */
  askedNetworks: readonly PossibleNetwork[];
  /** The built-in cloud providers at their original addresses, regardless of files and variables. */
  vendors: readonly Provider[];
  /** The source of a provider with this name once the user's own file for it is removed. */
  beneath: ReadonlyMap<string, 'built-in' | 'comfyvn'>;
  modules: ReadonlyMap<string, Module>;
  defaults: { provider: string; model: string; options: Record<string, unknown> };
  lifecycle: LifecycleIndex;
  /** Rules for families of models. */
  rules: RuleBook;
  warnings: Notice[];
  /** The registry without the user's presets, against which edits are compared and reset. */
  shipped: Pick<Registry, 'modules' | 'warnings'>;
  userPresets: { files: ReadonlyMap<string, UserPresetFile>; warnings: Notice[]; unreadable: boolean };
  /** As last read; used if a file cannot be read the next time. */
  overlays: OverlayFiles;
  /** When each provider's model list was last fetched. */
  checks: ModelChecks;
  userProviders: UserProviders;
  comfyvn: ComfyvnRead;
}

/** ComfyVN's file as last read, and why its current content cannot be used. */
export interface ComfyvnRead {
  value: ComfyvnRegistry | undefined;
  problem: AppError | undefined;
}

export interface RegistrySources {
  appRoot: string;
  runtimeRoot: string;
  env: Env;
  redactor: Redactor;
  now: number;
  /** Choices made in the panel: origins that are the user's own network, and origins that are not. */
  networks?: { own: readonly string[]; foreign: readonly string[] };
}

/** An alias that is another provider's name is dropped: a key found under it belongs to that provider. */
function withOwnAliases(providers: Provider[]): Provider[] {
  const owner = new Map(providers.map((p) => [p.name, p]));
  for (const provider of providers)
    for (const alias of provider.aliases) if (!owner.has(alias)) owner.set(alias, provider);
  return providers.map((p) => ({ ...p, aliases: p.aliases.filter((alias) => owner.get(alias) === p) }));
}

function tellSecrets({ headers, settings, metadata }: Provider, redactor: Redactor): void {
  for (const [name, value] of Object.entries(headers)) if (isCredentialHeader(name)) redactor.add(value);
  for (const value of secretValues([settings, metadata])) redactor.add(value);
}

function withDefaults(modules: Map<string, Module>, file: RegistryFile['defaults']): void {
  for (const [written, target] of Object.entries(file?.modules ?? {})) {
    const name = modules.has(foldModuleName(written)) ? foldModuleName(written) : written;
    const own = modules.get(name);
    const override = { provider: target.provider, model: target.model, options: target.options ?? {} };
    const base = own ?? { name, label: name, tags: [], schema: undefined, active: null, shortlist: [] };
    modules.set(name, { ...base, override, tags: target.tags?.length ? target.tags : base.tags });
  }
}

/**
 * The registry with the presets currently in `config/llm/presets`. Files that cannot be read keep their
 * previous content.
 */
export function withUserPresets(registry: Registry, runtimeRoot: string): Registry {
  const { shipped } = registry;
  const warnings: Notice[] = [];
  const { files, unreadable } = loadPresetFiles(runtimeRoot, warnings, registry.userPresets.files);
  const modules = applyOverrides(shipped.modules, files, warnings);
  return {
    ...registry,
    modules,
    userPresets: { files, warnings, unreadable },
    warnings: [...shipped.warnings, ...warnings],
  };
}

function warnOfDeadDefaults(
  registry: Pick<Registry, 'providers' | 'modules' | 'defaults' | 'lifecycle' | 'warnings'>,
  file: string,
  today: string,
): void {
  const unknown = (name: string) =>
    !registry.providers.has(name) && ![...registry.providers.values()].some((p) => p.aliases.includes(name));
  const { provider: first } = registry.defaults;
  if (unknown(first))
    registry.warnings.push(
      notice(
        'default_provider_unknown',
        { file, module: null, provider: first },
        `${file}: defaults.provider names "${first}", which is not a provider`,
      ),
    );
  for (const module of registry.modules.values()) {
    if (!module.override) continue;
    const { provider: name, model: id } = module.override;
    const provider = registry.providers.get(name);
    if (unknown(name))
      registry.warnings.push(
        notice(
          'default_provider_unknown',
          { file, module: module.name, provider: name },
          `${file}: defaults.modules.${module.name}.provider names "${name}", which is not a provider`,
        ),
      );
    if (!provider) continue;
    const life = registry.lifecycle.view(
      provider,
      findModel(provider.models, id) ?? { id, wireId: id },
      today,
    );
    if (!isGone(life.status)) continue;
    const status = life.status === 'retired' ? 'retired' : 'never_released';
    const { shutdown, successor } = life;
    const message = `${file}: defaults.modules.${module.name} names ${id}, ${life.status === 'retired' ? `retired on ${life.shutdown ?? 'an unrecorded day'}` : 'which was never released'}; ${life.successor ? `its successor is ${life.successor}` : 'no successor is recorded'}`;
    const values = { file, module: module.name, model: id, status, shutdown, successor } as const;
    registry.warnings.push(notice('default_model_gone', values, message));
  }
}

/** The networks from the variable and from the panel; an invalid entry gives a warning. */
function ownNetworksOf({ env, networks }: RegistrySources, warnings: Notice[]): OwnNetworks {
  const entries = ownNetworkEntries(env[ownNetworksVariable]);
  for (const { entry, problem, refused } of new OwnNetworks(entries).problems) {
    const values = { setting: ownNetworksVariable, entry: entries.indexOf(entry) + 1, problem };
    const message = `${ownNetworksVariable}: entry ${values.entry} ${problem}; it is left out`;
    warnings.push(notice('network_left_out', values, message, [partOf('network_problem', refused)]));
  }
  const own = networks?.own ?? [];
  for (const { entry, problem, refused } of new OwnNetworks(own).problems) {
    const values = { setting: 'panel.json, own_networks', entry: own.indexOf(entry), problem };
    const message = `panel.json: own_networks[${values.entry}] ${problem}; it is left out`;
    warnings.push(notice('network_left_out', values, message, [partOf('network_problem', refused)]));
  }
  return new OwnNetworks([...entries, ...(networks?.own ?? [])]);
}

/** A broken ComfyVN file hides only itself: its last good content is used, or none. */
function readComfyvn(
  file: string | undefined,
  warnings: Notice[],
  before: Registry | undefined,
): ComfyvnRead {
  if (!file) return { value: undefined, problem: undefined };
  try {
    return { value: loadComfyvnRegistry(file, warnings), problem: undefined };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const value = before?.comfyvn.value;
    const { values, parts } = registryNotice(error);
    const message = `${error.message}; ${value ? 'the last good registry is still used' : 'the built-in registry is used until it is fixed'}`;
    warnings.push(notice('comfyvn_file_broken', { ...values, last: value !== undefined }, message, parts));
    return { value, problem: error };
  }
}

/**
 * Builds the registry in layers: built-in data, ComfyVN's file, the user's own files, the environment, then
 * facts stored from providers' model lists. A file that cannot be used is named in `warnings` and does not
 * affect the others.
 * @param before the previous registry: files that cannot be read now keep their content from it
 * @throws AppError `registry_invalid` if the installation itself is damaged
 */
export function buildRegistry(sources: RegistrySources, before?: Registry): Registry {
  const builtIn: BuiltIn = loadBuiltIn(sources.appRoot);
  const warnings: Notice[] = [];
  const file = sources.env['COMFYVN_LLM_REGISTRY'];
  const comfyvnRead = readComfyvn(file, warnings, before);
  const comfyvn = comfyvnRead.value;
  const userProviders = loadUserProviders(sources.runtimeRoot, warnings, before?.userProviders);
  const user = [...userProviders.files.values()];

  const byName = new Map<string, Provider>();
  for (const provider of [...builtIn.providers, ...(comfyvn?.providers ?? []), ...user])
    byName.set(provider.name, provider);
  const beneath = new Map<string, 'built-in' | 'comfyvn'>();
  for (const { name } of builtIn.providers) beneath.set(name, 'built-in');
  for (const { name } of comfyvn?.providers ?? []) beneath.set(name, 'comfyvn');
  const vendors = builtIn.providers.filter((p) => p.kind === 'cloud');
  const overlayFiles = loadOverlays(sources.runtimeRoot, warnings, before?.overlays.files);
  const overlays = overlayFiles.files;
  const providers = new Map<string, Provider>();
  const ownNetworks = ownNetworksOf(sources, warnings);
  const withAliases = withOwnAliases([...byName.values()]).map((provider) =>
    withEnvironment(provider, sources.env, sources.redactor, warnings),
  );
  const foreign = new Set(sources.networks?.foreign);
  const askedNetworks = possibleNetworks(withAliases, ownNetworks).filter(
    ({ origin }) => !foreign.has(origin),
  );
  for (const provider of withAliases) {
    const placed = asVendor(asPlaced(provider, ownNetworks), vendors);
    for (const { variable, problem, detail } of variableKeyProblems(placed, sources.env)) {
      const message = `${variable} ${problem}; no call is sent with it`;
      const values = { problem: `${variable} ${problem}` };
      warnings.push(notice('key_unusable', values, message, [partOf('key_problem', detail)]));
    }
    tellSecrets(placed, sources.redactor);
    providers.set(placed.name, withOverlay(placed, overlays.get(placed.name), warnings));
  }
  for (const name of overlays.keys())
    if (!providers.has(name))
      warnings.push(
        notice(
          'facts_without_provider',
          { provider: name },
          `model facts are stored for ${name}, which is no longer a provider; forget them, or bring it back`,
        ),
      );

  const modules = new Map(builtIn.modules.map((m) => [m.name, m]));
  withDefaults(modules, comfyvn?.defaults);
  const chosen = comfyvn?.defaults;
  const defaults = {
    provider: chosen?.provider ?? builtIn.defaults.provider,
    model: chosen?.model ?? (chosen?.provider ? '' : builtIn.defaults.model),
    options: { ...builtIn.defaults.options, ...chosen?.options },
  };
  const registry = {
    providers,
    ownNetworks,
    askedNetworks,
    vendors,
    beneath,
    modules,
    defaults,
    lifecycle: new LifecycleIndex(builtIn.lifecycle),
    rules: builtIn.rules,
    warnings,
  };
  if (file) warnOfDeadDefaults(registry, file, dayOf(sources.now));
  const shipped = { modules, warnings: uniqueWarnings(warnings) };
  return withUserPresets(
    {
      ...registry,
      shipped,
      overlays: overlayFiles,
      checks: loadModelChecks(sources.runtimeRoot),
      userProviders,
      comfyvn: comfyvnRead,
      userPresets: { files: before?.userPresets.files ?? new Map(), warnings: [], unreadable: false },
    },
    sources.runtimeRoot,
  );
}
