import type { Diagnostics as Diagnosis } from '../../../contract/provider.ts';
import type { ListedModel, ModelList } from '../../adapters/define.ts';
import { adapterFor } from '../../adapters/index.ts';
import type { FeatureFlags } from '../features/feature-flags.ts';
import { switchedOffReason } from '../chat/gates.ts';
import { AppError } from '../app-error.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import { checkedUrl } from '../wire/address.ts';
import { jsonOrUndefined, readBody } from '../wire/read-body.ts';
import type { Transport } from '../wire/transport.ts';
import { socketFailure, WireFailure } from '../wire/wire-failure.ts';
import type { Provider } from './model.ts';

const probeMs = 3000;

export interface DiagnosticsParts {
  transport: Transport;
  keys: KeyFinder;
  flags: FeatureFlags;
  ownPort(): number | null;
  now(): number;
}

type Found = Pick<Diagnosis, 'status' | 'message'> & Partial<Diagnosis>;

/** Health by the providers' free model lists: never a paid call, and nothing to a cloud that is switched off. */
export class Diagnostics {
  readonly #parts: DiagnosticsParts;

  constructor(parts: DiagnosticsParts) {
    this.#parts = parts;
  }

  /** All providers at once, three seconds each; in the order given. */
  async check(providers: readonly Provider[], signal: AbortSignal): Promise<Diagnosis[]> {
    return Promise.all(providers.map((provider) => this.#one(provider, signal)));
  }

  async #one(provider: Provider, signal: AbortSignal): Promise<Diagnosis> {
    const started = performance.now();
    const asked = this.#withoutAsking(provider);
    const found = asked ?? (await this.#ask(provider, signal));
    const latency_ms = asked ? null : Math.round(performance.now() - started);
    return { latency_ms, checked_at: new Date(this.#parts.now()).toISOString(), ...found };
  }

  #withoutAsking(provider: Provider): Found | undefined {
    if (provider.kind === 'stub') return { status: 'ok', message: 'answers offline', models_found: provider.models.length };
    const off = switchedOffReason(provider, this.#parts.flags);
    if (off) return { status: 'disabled', message: off };
    if (provider.credentials.required && !this.#parts.keys.find(provider))
      return { status: 'missing_key', message: `no key for ${provider.name}` };
    return undefined;
  }

  async #ask(provider: Provider, signal: AbortSignal): Promise<Found> {
    const list = adapterFor(provider.adapter).modelList;
    try {
      return list ? await this.#models(provider, list, signal) : await this.#reach(provider, signal);
    } catch (error) {
      const timedOut = error instanceof WireFailure && error.code === 'provider_timeout';
      const unreachable = timedOut || (error instanceof WireFailure && error.code === 'provider_unreachable');
      const hint = error instanceof WireFailure && error.hint && !timedOut ? `; ${error.hint}` : '';
      const message = error instanceof Error ? error.message : String(error);
      return { status: unreachable ? 'unreachable' : 'error', message: message + hint };
    }
  }

  async #get(provider: Provider, list: Pick<ModelList, 'path' | 'query' | 'forSettings'>, signal: AbortSignal) {
    const asked = list.forSettings?.(provider.settings) ?? {};
    const search = new URLSearchParams({ ...list.query, ...asked.query }).toString();
    const url = checkedUrl(`${provider.base}${list.path}${search ? `?${search}` : ''}`, this.#parts.ownPort());
    const { auth } = adapterFor(provider.adapter);
    const key = this.#parts.keys.find(provider);
    const authentication = auth && key ? { [auth.header]: auth.prefix + key.key } : {};
    const headers = { accept: 'application/json', 'accept-encoding': 'identity', ...asked.headers, ...provider.headers, ...authentication };
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(probeMs)]);
    const call = { method: 'GET', url, headers, body: null, timeoutMs: probeMs, signal: deadline };
    try {
      const reply = await this.#parts.transport.send(call);
      return { status: reply.status, text: await readBody(reply) };
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (deadline.aborted) throw new WireFailure('provider_timeout', `${url.origin} did not answer within ${probeMs / 1000} s`);
      throw socketFailure(error, url.origin, probeMs);
    }
  }

  async #models(provider: Provider, list: ModelList, signal: AbortSignal): Promise<Found> {
    const { status, text } = await this.#get(provider, list, signal);
    const json = jsonOrUndefined(text);
    if (status < 200 || status > 299) {
      // Gemini answers 400 to a wrong key: the wire knows.
      const { upstreamMessage, code } = adapterFor(provider.adapter).toError(status, json, text);
      return { status: code === 'provider_unauthorized' ? 'unauthorized' : 'error', message: `HTTP ${status}: ${upstreamMessage}` };
    }
    if (json === undefined) return { status: 'error', message: 'the model list is not JSON' };
    return compare(provider, list.fromResponse(json));
  }

  /** A wire without a model list: that something answers is all that can be known for free. */
  async #reach(provider: Provider, signal: AbortSignal): Promise<Found> {
    const { status } = await this.#get(provider, { path: '/health' }, signal);
    return { status: 'ok', message: `answers (HTTP ${status}); this wire has no model list` };
  }
}

function compare(provider: Provider, listed: ListedModel[]): Found {
  const there = new Set(listed.map((m) => m.id));
  const missing = provider.models.filter((m) => !there.has(m.wireId) && !there.has(m.id)).map((m) => m.id);
  const message = missing.length ? `${listed.length} models; not among them: ${missing.join(', ')}` : `${listed.length} models`;
  return { status: 'ok', message, models_found: listed.length, missing_models: missing };
}
