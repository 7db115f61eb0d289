import { hostname } from 'node:os';
import type { Attempt, Cost, DryRunAnswer, Usage } from '../../../../contract/chat.ts';
import { errorStatus } from '../../../../contract/errors.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Plan } from '../plan/plan.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import { CallKeys } from '../../calls/call-key.ts';
import { FinishedEntry, type FinishedCall } from '../../calls/call-row.ts';
import type { RequestedCall } from '../plan/stored-request.ts';
import type { Entry } from '../../calls/memory-calls.ts';
import type { SessionBodies } from '../../calls/session-bodies.ts';
import { bodiesOf } from './recorded-bodies.ts';

export interface RecorderParts {
  redactor: Redactor;
  now(): number;
  /** Whether the user chose to store messages and replies. */
  keepsBodies(): boolean;
  take(call: FinishedCall, entry: Entry): void;
  /** Holds bodies of the panel's own calls in memory while they are not stored. */
  session: SessionBodies;
}

/** The recorded part of an answer. */
export interface RecordedAnswer {
  provider: string;
  model: string;
  module?: string | null;
  preset?: string | null;
  mock: boolean;
  reply: string;
  usage: Usage | null;
  cost: Cost | null;
  timing: { upstream_ms: number; first_token_ms?: number };
  attempts: readonly Attempt[];
}

/** How a call ended, where endings differ. */
interface Ending {
  mode: FinishedCall['mode'];
  status: number;
  code: string | null;
  message: string | null;
  usage: Usage | null;
  cost: Cost | null;
  upstreamMs: number | null;
  firstTokenMs: number | null;
}

/** The resolved names; where resolving failed, as the caller wrote them. */
type Names = Partial<Pick<FinishedCall, 'provider' | 'model' | 'module' | 'preset'>>;

/** The total cost of all attempts: a broken reply is billed even if the next one is complete. */
function costOfAll(attempts: readonly Attempt[], otherwise: Cost | null): Cost | null {
  if (attempts.length === 1) return attempts[0]?.cost ?? otherwise;
  const costs = attempts.flatMap((attempt) => attempt.cost ?? []);
  const last = costs.at(-1);
  if (!last) return otherwise;
  const total = costs.reduce((sum, cost) => sum + cost.total, 0);
  return { ...last, total, ...(costs.some((cost) => cost.estimated) ? { estimated: true } : {}) };
}

const beginning = 1000;

/** A call in progress. Exactly one of its endings is recorded. */
export class OpenCall {
  /** The last plan that was sent, if any. */
  plan: Plan | undefined;
  readonly attempts: Attempt[] = [];
  readonly #recorder: CallRecorder;
  readonly #asked: RequestedCall;
  readonly #context: RequestContext;
  readonly #at: number;
  readonly #started = performance.now();
  #over = false;

  constructor(recorder: CallRecorder, asked: RequestedCall, context: RequestContext, at: number) {
    this.#recorder = recorder;
    this.#asked = asked;
    this.#context = context;
    this.#at = at;
  }

  answered(answer: RecordedAnswer): void {
    const { usage, timing, attempts } = answer;
    const ending: Ending = {
      mode: answer.mock ? 'mock' : 'live',
      status: 200,
      code: null,
      message: null,
      usage,
      cost: costOfAll(attempts, answer.cost),
      upstreamMs: timing.upstream_ms,
      firstTokenMs: timing.first_token_ms ?? null,
    };
    this.#end(ending, answer, attempts, answer.reply);
  }

  planned(names: Pick<DryRunAnswer, 'provider' | 'model' | 'module' | 'preset'>): void {
    this.#end({ ...unsaid, mode: 'dry', status: 200 }, names, [], '');
  }

  failed(error: unknown): void {
    const { mock, dry_run } = this.#asked;
    const mode = dry_run ? 'dry' : mock ? 'mock' : 'live';
    const code = error instanceof AppError ? error.code : 'internal_error';
    const message = error instanceof AppError ? error.message : null;
    const details = (error instanceof AppError && error.details) || {};
    const { reply, usage = null } = details as { reply?: unknown; usage?: Usage };
    const cost = costOfAll(this.attempts, null);
    const ending = { ...unsaid, mode, status: errorStatus[code], code, message, usage, cost } as const;
    this.#end(ending, this.#names, this.attempts, typeof reply === 'string' ? reply : '');
  }

  get #names(): Names {
    const { provider, model, module, preset } = this.#asked;
    if (!this.plan) return { provider, model, module, preset };
    const { resolved } = this.plan;
    return {
      provider: resolved.provider.name,
      model: this.plan.model.id,
      module: resolved.module?.name,
      preset: resolved.preset?.id,
    };
  }

  /**
   * Written out field by field: this runs for every call, and spreading three objects takes ten times as
   * long.
   */
  #end(ending: Ending, names: Names, attempts: readonly Attempt[], reply: string): void {
    if (this.#over) return;
    this.#over = true;
    const { plan } = this;
    const { requestId, kind } = this.#context;
    const call: FinishedCall = {
      id: this.#recorder.nextId(),
      at: this.#at,
      kind: kind ?? 'chat',
      door: this.#context.door,
      machine: this.#recorder.machine,
      requestId,
      provider: names.provider,
      model: names.model,
      module: names.module,
      preset: names.preset,
      mode: ending.mode,
      stream: plan?.streams ?? this.#asked.stream === true,
      status: ending.status,
      code: ending.code,
      message: ending.message,
      attempts,
      usage: ending.usage,
      cost: ending.cost,
      totalMs: Math.round((performance.now() - this.#started) * 100) / 100,
      upstreamMs: ending.upstreamMs,
      firstTokenMs: ending.firstTokenMs,
      sha256: plan?.sha256 ?? null,
      bytes: plan?.body.length ?? null,
      input: '',
    };
    this.#recorder.take(call, this.#asked, reply, this.#context.fromPanel === true);
  }
}

/** A bulk request put back while it waited is sent again later, so it does not count as a call. */
const wasNeverSent = (error: unknown) =>
  error instanceof AppError && error.code === 'cancelled' && error.details?.['sent'] === false;

/** For calls that failed before these values were known. */
const unsaid = {
  code: null,
  message: null,
  usage: null,
  cost: null,
  upstreamMs: null,
  firstTokenMs: null,
} as const;

/** Characters of messages and reply; the rest of an entry is counted as one page. */
function roughSize({ messages }: RequestedCall, reply: string): number {
  const characters = messages.reduce(
    (sum, { content }) =>
      sum + (typeof content === 'string' ? content.length : JSON.stringify(content ?? '').length),
    0,
  );
  return characters + reply.length + 4096;
}

/** Writes one call log entry per call. Expensive work is deferred. */
export class CallRecorder {
  readonly #parts: RecorderParts;
  readonly #keys = new CallKeys();
  readonly #redact = (text: string) => this.#parts.redactor.redact(text);
  readonly machine = hostname().slice(0, 100);

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  begin(asked: RequestedCall, context: RequestContext): OpenCall {
    return new OpenCall(this, asked, context, this.#parts.now());
  }

  /** Runs a call and records how it ended. */
  async record<T extends RecordedAnswer | DryRunAnswer>(
    asked: RequestedCall,
    context: RequestContext,
    work: (call: OpenCall) => Promise<T>,
  ): Promise<T> {
    const call = this.begin(asked, context);
    try {
      const answer = await work(call);
      if ('dry_run' in answer) call.planned(answer);
      else call.answered(answer);
      return answer;
    } catch (error) {
      if (!context.bulk || !wasNeverSent(error)) call.failed(error);
      throw error;
    }
  }

  nextId(): string {
    return this.#keys.next(this.#parts.now());
  }

  take(call: FinishedCall, asked: RequestedCall, reply: string, fromPanel: boolean): void {
    const { keepsBodies, redactor, take, session } = this.#parts;
    const bodies = keepsBodies() ? bodiesOf(call.id, asked, reply, redactor) : null;
    if (bodies) call.input = `${bodies.messages.slice(-beginning)} ${bodies.reply.slice(0, beginning)}`;
    else if (fromPanel)
      session.add(call.id, roughSize(asked, reply), () => bodiesOf(call.id, asked, reply, redactor));
    take(call, new FinishedEntry(call, bodies, this.#redact));
  }
}
