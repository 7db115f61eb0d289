import type { ChatAnswer, ChatRequest, DryRunAnswer, Usage } from '../../../contract/chat.ts';
import type { AdapterName } from '../../../contract/provider.ts';
import { AppError } from '../lib/app-error.ts';
import type { CallRecorder, OpenCall } from './record/call-recorder.ts';
import { withDeadline } from '../lib/deadline.ts';
import type { BulkCall, RequestContext } from '../lib/request-context.ts';
import { isAlive } from '../registry/active-preset.ts';
import { dayOf } from '../registry/lifecycle.ts';
import { priceOf } from '../registry/prices/price-table.ts';
import { isEnabled } from '../registry/features/feature-flags.ts';
import { liveAnswer, mockAnswer } from './answer.ts';
import type { Plan } from './plan/plan.ts';
import { withoutSecrets } from './reply/reply-bytes.ts';
import type { ChatCall } from './resolve/merge-options.ts';
import { Planner, type PlannerParts } from './planner.ts';
import type { Catalog, Choice, Resolved } from './resolve/resolve.ts';
import { runChat, type RunParts } from './pipeline.ts';
import type { StreamListener } from './reply/stream-listener.ts';

export interface ChatParts extends RunParts, PlannerParts {
  recorder: CallRecorder;
}

/** The least total time limit of a call, however steadily its pieces arrive. */
const minTotalMs = 15 * 60_000;

/** Ten times the provider's first-byte timeout, and at least 15 minutes. */
const totalTimeoutMs = (timeoutMs: number) => Math.max(minTotalMs, timeoutMs * 10);

/** Reports the chosen provider to the listener; a bulk run first records the request as sent. */
function startOf(streamListener: StreamListener | undefined, bulk: BulkCall | undefined) {
  if (!streamListener && !bulk?.beforeSending) return undefined;
  return async ({ resolved: { provider, module }, model, dropped }: Plan) => {
    await bulk?.beforeSending?.();
    const of = { provider: provider.name, model: model.id, module: module?.name ?? null };
    await streamListener?.start(of, dropped);
  };
}

/** Entry point of every chat: Bench, compare, test call, HTTP, replay. */
export class ChatService {
  readonly #parts: ChatParts;
  readonly #planner: Planner;

  constructor(parts: ChatParts) {
    this.#parts = parts;
    this.#planner = new Planner(parts);
  }

  /** What a call can name, from the current registry. */
  get catalog(): Catalog {
    return this.#planner.catalog;
  }

  /** For calls that are answered without a chat. */
  get recorder(): CallRecorder {
    return this.#parts.recorder;
  }

  /**
   * The provider and model that would answer.
   * @throws whatever `resolve` throws
   */
  resolve(choice: Choice): Resolved {
    return this.#planner.resolve(choice);
  }

  /** Providers that a call could be sent to, as far as this is known without sending one. */
  usableProviders(): string[] {
    const { registry, runtime, usable } = this.catalog;
    const all = [...registry.providers.values(), ...runtime.ids().flatMap((id) => runtime.get(id) ?? [])];
    return all.filter((provider) => usable?.(provider)).map(({ name }) => name);
  }

  /** The adapter that a call to this model would use; undefined if no provider has the model. */
  adapterOf(model: string | undefined): AdapterName | undefined {
    try {
      return this.resolve({ model }).provider.adapter;
    } catch {
      return undefined;
    }
  }

  /**
   * The final request for a resolved provider and model.
   * @throws AppError `invalid_request`, `loop_detected`
   */
  plan(resolved: Resolved, request: ChatCall, context: RequestContext): Plan {
    return this.#planner.plan(resolved, request, context);
  }

  /**
   * The final request of a call, with its provider's keys opened.
   * @throws whatever `resolve` and `plan` throw
   */
  async planned(request: ChatCall, context: RequestContext): Promise<Plan> {
    const resolved = this.resolve(request);
    await this.#parts.keys.open(resolved.provider);
    return this.plan(resolved, request, context);
  }

  /**
   * As `dryRun`, but without a call log entry, for code that plans thousands of requests.
   * @throws whatever `plan` throws
   */
  async preview(request: ChatCall, context: RequestContext): Promise<{ plan: Plan; shown: DryRunAnswer }> {
    const plan = await this.planned(request, context);
    return { plan, shown: await this.#planner.shown(plan) };
  }

  /** The cost in USD of this usage of a planned call; null if the price is unknown or nothing is billed. */
  async priceOfUsage({ resolved: { provider }, model }: Plan, usage: Usage): Promise<number | null> {
    if (provider.kind !== 'cloud') return null;
    const price = await priceOf(this.#parts.registry(), provider, model, this.#parts.now());
    return price && price.of(usage);
  }

  /** The exact request and its cost, without network access. Also works for disabled providers and retired models. */
  async dryRun(request: ChatRequest, context: RequestContext): Promise<DryRunAnswer> {
    const work = async (call: OpenCall) => {
      const resolved = this.resolve(request);
      // A dry run often precedes the call itself, so the keys are opened now.
      await this.#parts.keys.open(resolved.provider);
      return this.#planner.shown((call.plan = this.plan(resolved, request, context)));
    };
    return this.#parts.recorder.record({ ...request, dry_run: true }, context, work);
  }

  /**
   * Answers a chat. With a listener, its pieces are also reported as they arrive; the answer is the same.
   * @throws AppError with any code in `contract/errors.ts`
   */
  send(request: ChatCall, context: RequestContext, streamListener?: StreamListener): Promise<ChatAnswer> {
    return this.#parts.recorder.record(request, context, (call) =>
      this.#send(request, context, call, streamListener),
    );
  }

  async #send(
    request: ChatCall,
    context: RequestContext,
    call: OpenCall,
    streamListener?: StreamListener,
  ): Promise<ChatAnswer> {
    const started = performance.now();
    const resolved = this.resolve(request);
    const opening = this.#parts.keys.open(request.fallback === 'shortlist' ? undefined : resolved.provider);
    if (opening) await opening;
    const plan = (call.plan = this.plan(resolved, request, context));
    const { provider } = resolved;
    const onStart = startOf(streamListener, context.bulk);
    if (request.mock || provider.kind === 'stub') {
      await onStart?.(plan);
      return mockAnswer(plan, request, started, streamListener);
    }
    const { attempts } = call;
    const { requestId } = context;
    const deadline = withDeadline(context.signal, totalTimeoutMs(provider.timeoutMs));
    const { signal } = deadline;
    const plans = request.fallback === 'shortlist' ? this.#plans(plan, request, context) : [plan];
    try {
      const run = await runChat(this.#parts, {
        plans,
        request,
        requestId,
        signal,
        bulk: context.bulk,
        streamListener,
        attempts,
        onStart,
      });
      call.plan = run.plan;
      const { redactor } = this.#parts;
      const { bytes } = run.outcome;
      if (bytes && run.plan.passThrough && !streamListener)
        context.onReplyBytes?.(withoutSecrets(bytes.bytes, redactor, bytes.text));
      return liveAnswer(run, request, started, attempts, redactor);
    } catch (error) {
      // A caller whose request was refused also wants to see the request itself.
      if (error instanceof AppError && error.code === 'feature_disabled' && error.details) {
        const { plan: shown, estimate } = await this.#planner.shown(plan);
        throw new AppError(error.code, error.message, { ...error.details, plan: shown, estimate });
      }
      throw error;
    } finally {
      deadline.end();
    }
  }

  /** The requested plan, then the module's other presets that are enabled, have a key and are not retired. */
  *#plans(first: Plan, request: ChatRequest, context: RequestContext): Generator<Plan> {
    yield first;
    const { module } = first.resolved;
    if (!module) return;
    const { flags, keys, now } = this.#parts;
    const registry = this.#parts.registry();
    // Several presets may name one model: a model that has just failed is not called again under another
    // preset.
    const tried = new Set([`${first.resolved.provider.name} ${first.resolved.model.id}`]);
    for (const preset of module.shortlist) {
      const target = `${preset.provider} ${preset.model}`;
      if (tried.has(target) || !isAlive(registry, preset, dayOf(now()))) continue;
      tried.add(target);
      const resolved = this.resolve({ module: module.name, preset: preset.id });
      const { provider } = resolved;
      if (!isEnabled(provider, flags) || (provider.credentials.required && !keys.find(provider))) continue;
      yield this.plan(resolved, request, context);
    }
  }
}
