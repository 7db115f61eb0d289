import type { RegistryFile } from '../../../contract/provider.ts';
import type { Redactor } from '../redact.ts';
import { withEnvironment, type Env } from './environment.ts';
import { dayOf, isGone, LifecycleIndex } from './lifecycle.ts';
import { loadBuiltIn, type BuiltIn } from './load-built-in.ts';
import { loadComfyvnRegistry, loadUserProviders } from './load-user.ts';
import type { Module, Provider } from './model.ts';
import { originOf } from './origin.ts';

/** One whole, consistent reading of all files and variables. */
export interface Registry {
  providers: ReadonlyMap<string, Provider>;
  modules: ReadonlyMap<string, Module>;
  defaults: { provider: string; model: string; options: Record<string, unknown> };
  lifecycle: LifecycleIndex;
  warnings: string[];
}

export interface RegistrySources {
  appRoot: string;
  runtimeRoot: string;
  env: Env;
  redactor: Redactor;
  now: number;
}

/**
 * A provider at a built-in cloud provider's address is that provider under another name: the same prices, lifecycle
 * and key variables hold, and calling it local would not make it free.
 */
function asBuiltInAddress(provider: Provider, builtIn: Provider[]): Provider {
  const origin = originOf(provider.base);
  const same = builtIn.find((b) => b.kind === 'cloud' && originOf(b.base) === origin);
  if (!same || provider.origin === 'built-in') return provider;
  const env = provider.credentials.env.length ? provider.credentials.env : same.credentials.env;
  const flags = [...new Set([...provider.flags, ...same.flags])];
  return { ...provider, factsFrom: same.name, kind: 'cloud', flags, credentials: { ...provider.credentials, env } };
}

function withDefaults(modules: Map<string, Module>, file: RegistryFile['defaults']): void {
  for (const [name, said] of Object.entries(file?.modules ?? {})) {
    const own = modules.get(name);
    const override = { provider: said.provider, model: said.model, options: said.options ?? {} };
    const base = own ?? { name, label: name, tags: [], schema: undefined, active: null, shortlist: [] };
    modules.set(name, { ...base, override, tags: said.tags?.length ? said.tags : base.tags });
  }
}

function warnOfDeadDefaults(registry: Registry, file: string, today: string): void {
  for (const module of registry.modules.values()) {
    const provider = module.override && registry.providers.get(module.override.provider);
    if (!module.override || !provider) continue;
    const id = module.override.model;
    const model = provider.models.find((m) => m.id === id) ?? { id, wireId: id };
    const life = registry.lifecycle.view(provider, model, today);
    if (isGone(life.status))
      registry.warnings.push(
        `${file}: defaults.modules.${module.name} names ${id}, ${life.status === 'retired' ? `retired on ${life.shutdown ?? 'an unrecorded day'}` : 'which was never released'}; ${life.successor ? `its successor is ${life.successor}` : 'no successor is recorded'}`,
      );
  }
}

/**
 * Built-in data, ComfyVN's file over it, the user's own over that, the environment last.
 * @throws AppError `registry_invalid` for the first file that cannot be used
 */
export function buildRegistry(sources: RegistrySources): Registry {
  const builtIn: BuiltIn = loadBuiltIn(sources.appRoot);
  const warnings: string[] = [];
  const file = sources.env['COMFYVN_LLM_REGISTRY'];
  const comfyvn = file ? loadComfyvnRegistry(file) : undefined;
  const user = loadUserProviders(sources.runtimeRoot, warnings);

  const byName = new Map<string, Provider>();
  for (const provider of [...builtIn.providers, ...(comfyvn?.providers ?? []), ...user]) byName.set(provider.name, provider);
  const providers = new Map<string, Provider>();
  for (const provider of byName.values()) {
    const placed = asBuiltInAddress(provider, builtIn.providers);
    providers.set(provider.name, withEnvironment(placed, sources.env, sources.redactor, warnings));
  }

  const modules = new Map(builtIn.modules.map((m) => [m.name, m]));
  withDefaults(modules, comfyvn?.defaults);
  const said = comfyvn?.defaults;
  const defaults = {
    provider: said?.provider ?? builtIn.defaults.provider,
    model: said?.model ?? (said?.provider ? '' : builtIn.defaults.model),
    options: { ...builtIn.defaults.options, ...said?.options },
  };
  const registry = { providers, modules, defaults, lifecycle: new LifecycleIndex(builtIn.lifecycle), warnings };
  if (file) warnOfDeadDefaults(registry, file, dayOf(sources.now));
  return registry;
}
