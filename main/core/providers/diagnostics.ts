import type { Diagnostics as Diagnosis } from '../../../contract/provider.ts';
import type { ListedModel, ModelList } from '../../adapters/define.ts';
import { adapterFor } from '../../adapters/index.ts';
import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import type { AppError } from '../lib/app-error.ts';
import { codedText, detailOf } from '../lib/coded-text.ts';
import { switchedOffReason } from '../chat/preflight-checks.ts';
import { originOf } from '../net/origin.ts';
import { TransportError } from '../net/transport-error.ts';
import { failureFields, fetchModels, getFree, ListedIndex, type FetchParts } from './fetch-models.ts';
import type { FoundKey } from '../secrets/further-keys.ts';
import type { Provider } from '../registry/model/model.ts';

const probeMs = 3000;

export interface DiagnosticsParts extends FetchParts {
  flags: FeatureFlags;
  now(): number;
}

type Found = Pick<Diagnosis, 'status' | 'message'> & Partial<Diagnosis>;

/**
 * Checks providers by their free model lists. It never makes a paid call, and never contacts a disabled cloud
 * provider.
 */
export class Diagnostics {
  readonly #parts: DiagnosticsParts;

  constructor(parts: DiagnosticsParts) {
    this.#parts = parts;
  }

  /** Checks all providers in parallel, three seconds each; results are in the given order. */
  async check(providers: readonly Provider[], signal: AbortSignal): Promise<Diagnosis[]> {
    return Promise.all(providers.map((provider) => this.#one(provider, signal)));
  }

  /** Checks one provider with this key. */
  checkKey(provider: Provider, key: FoundKey, signal: AbortSignal): Promise<Diagnosis> {
    return this.#one(provider, signal, key);
  }

  async #one(provider: Provider, signal: AbortSignal, key?: FoundKey): Promise<Diagnosis> {
    const started = performance.now();
    await this.#parts.keys.open(provider);
    const asked = this.#withoutAsking(provider, key);
    const found = asked ?? (await this.#ask(provider, signal, key));
    const latency_ms = asked ? null : Math.round(performance.now() - started);
    const proxy = URL.canParse(provider.base) ? this.#parts.transport.proxyOf(new URL(provider.base)) : null;
    const through = proxy === null ? {} : { proxy, message: `${found.message}; through the proxy ${proxy}` };
    return { latency_ms, checked_at: new Date(this.#parts.now()).toISOString(), ...found, ...through };
  }

  #withoutAsking(provider: Provider, key?: FoundKey): Found | undefined {
    if (provider.kind === 'stub')
      return { status: 'ok', message: 'answers offline', models_found: provider.models.length };
    const off = switchedOffReason(provider, this.#parts.flags);
    if (off) return { status: 'disabled', message: off.message, message_detail: detailOf(off) };
    if (key) return undefined;
    const { keys } = this.#parts;
    const unusable = keys.unusable(provider);
    if (unusable) return missingKey(unusable, provider);
    if (provider.credentials.required && !keys.find(provider))
      return missingKey(keys.missing(provider), provider);
    return undefined;
  }

  async #ask(provider: Provider, signal: AbortSignal, key?: FoundKey): Promise<Found> {
    const list = adapterFor(provider.adapter).modelList;
    try {
      return list ? await this.#models(provider, list, signal, key) : await this.#reach(provider, signal);
    } catch (error) {
      return failed(error);
    }
  }

  async #models(provider: Provider, list: ModelList, signal: AbortSignal, key?: FoundKey): Promise<Found> {
    const { models } = await fetchModels(this.#parts, provider, list, probeMs, signal, key);
    return compare(provider, models);
  }

  /** Without a model list, the only free check is whether something answers. */
  async #reach(provider: Provider, signal: AbortSignal): Promise<Found> {
    const { status } = await getFree(this.#parts, provider, { path: '/health' }, probeMs, signal);
    return { status: 'ok', message: `answers (HTTP ${status}); this protocol has no model list` };
  }
}

function missingKey(error: AppError, { name, base }: Provider): Found {
  const { message } = error;
  const { state, variable } = error.details ?? {};
  if (state !== 'missing' || typeof variable !== 'string')
    return { status: 'missing_key', message, ...failureFields(error) };
  const origin = originOf(base) ?? base;
  const text = codedText('provider_check', 'key_missing', { provider: name, origin, variable }, message);
  return { status: 'missing_key', message, message_detail: detailOf(text) };
}

function failed(error: unknown): Found {
  if (!(error instanceof TransportError))
    return { status: 'error', message: error instanceof Error ? error.message : String(error) };
  const { code, status, hint } = error;
  if (code === 'provider_unauthorized')
    return { status: 'unauthorized', message: error.message, ...failureFields(error) };
  const timedOut = code === 'provider_timeout';
  const unreachable = status === null && (timedOut || code === 'provider_unreachable');
  const advice = hint && !timedOut ? hint : undefined;
  const message = error.message + (advice === undefined ? '' : `; ${advice}`);
  return {
    status: unreachable ? 'unreachable' : 'error',
    message,
    ...(advice === undefined ? {} : { hint: advice }),
    ...failureFields(error, message),
  };
}

function compare(provider: Provider, listed: ListedModel[]): Found {
  const there = new ListedIndex(provider, listed);
  const missing = provider.models.filter((m) => !there.get(m)).map((m) => m.id);
  const message = missing.length
    ? `${listed.length} models; not among them: ${missing.join(', ')}`
    : `${listed.length} models`;
  return { status: 'ok', message, models_found: listed.length, missing_models: missing };
}
