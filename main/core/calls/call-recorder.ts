import { hostname } from 'node:os';
import type { Attempt, Cost, DryRunAnswer, Usage } from '../../../contract/chat.ts';
import { errorStatus } from '../../../contract/errors.ts';
import { AppError } from '../app-error.ts';
import type { Plan } from '../chat/plan.ts';
import type { Redactor } from '../redact.ts';
import type { RequestContext } from '../request-context.ts';
import { CallKeys } from './call-key.ts';
import { rowOf, type FinishedCall } from './call-row.ts';
import type { AskedCall } from './kept-request.ts';
import type { Entry } from './memory-calls.ts';
import { bodiesOf } from './recorded-bodies.ts';

export interface RecorderParts {
  redactor: Redactor;
  now(): number;
  /** The user's choice to keep what was said. */
  keepsBodies(): boolean;
  take(entry: Entry): void;
}

/** What of an answer is recorded. */
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

type Ending = Omit<
  FinishedCall,
  'id' | 'at' | 'kind' | 'door' | 'machine' | 'requestId' | 'totalMs' | 'sha256' | 'bytes' | 'said'
>;

/** All attempts' cost together: a broken reply is paid for even when the next one is whole. */
function costOfAll(attempts: readonly Attempt[], otherwise: Cost | null): Cost | null {
  const costs = attempts.flatMap((attempt) => attempt.cost ?? []);
  const last = costs.at(-1);
  if (!last) return otherwise;
  const total = costs.reduce((sum, cost) => sum + cost.total, 0);
  return { ...last, total, ...(costs.some((cost) => cost.estimated) ? { estimated: true } : {}) };
}

const beginning = 1000;

/** One call under way; exactly one of its endings is recorded. */
export class OpenCall {
  /** The plan that was sent last, as far as there is one. */
  plan: Plan | undefined;
  readonly attempts: Attempt[] = [];
  readonly #recorder: CallRecorder;
  readonly #asked: AskedCall;
  readonly #context: RequestContext;
  readonly #at: number;
  readonly #started = performance.now();
  #over = false;

  constructor(recorder: CallRecorder, asked: AskedCall, context: RequestContext, at: number) {
    this.#recorder = recorder;
    this.#asked = asked;
    this.#context = context;
    this.#at = at;
  }

  answered(answer: RecordedAnswer): void {
    const { usage, timing, attempts, provider, model, module, preset } = answer;
    const cost = costOfAll(attempts, answer.cost);
    const times = { upstreamMs: timing.upstream_ms, firstTokenMs: timing.first_token_ms ?? null };
    const mode = answer.mock ? 'mock' : 'live';
    const names = { provider, model, module, preset };
    this.#end({ ...this.#well, ...names, ...times, mode, attempts, usage, cost }, answer.reply);
  }

  planned({
    provider,
    model,
    module,
    preset,
  }: Pick<DryRunAnswer, 'provider' | 'model' | 'module' | 'preset'>): void {
    this.#end({ ...this.#well, provider, model, module, preset, mode: 'dry' }, '');
  }

  failed(error: unknown): void {
    const { mock, dry_run } = this.#asked;
    const mode = dry_run ? 'dry' : mock ? 'mock' : 'live';
    const code = error instanceof AppError ? error.code : 'internal_error';
    const message = error instanceof AppError ? error.message : null;
    const details = (error instanceof AppError && error.details) || {};
    const { reply, usage } = details as { reply?: unknown; usage?: Usage };
    const failure = {
      code,
      message,
      status: errorStatus[code],
      usage: usage ?? null,
      cost: costOfAll(this.attempts, null),
    };
    this.#end(
      { ...this.#well, ...this.#names, ...failure, mode, attempts: this.attempts },
      typeof reply === 'string' ? reply : '',
    );
  }

  /** Of a call without a fault, what is not told otherwise. */
  get #well(): Omit<Ending, 'provider' | 'model' | 'module' | 'preset' | 'mode'> {
    const stream = this.plan?.streams ?? this.#asked.stream === true;
    const nothing = {
      code: null,
      message: null,
      usage: null,
      cost: null,
      upstreamMs: null,
      firstTokenMs: null,
    };
    return { ...nothing, stream, status: 200, attempts: [] };
  }

  /** Who was asked; as far as nobody was found, as the caller wrote it. */
  get #names() {
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

  #end(ending: Ending, reply: string): void {
    if (this.#over) return;
    this.#over = true;
    const { sha256 = null, body } = this.plan ?? {};
    const totalMs = Math.round((performance.now() - this.#started) * 100) / 100;
    this.#recorder.take(
      this.#asked,
      this.#context,
      { ...ending, at: this.#at, totalMs, sha256, bytes: body?.length ?? null },
      reply,
    );
  }
}

/** Makes one entry of the call log of each call; all that is costly about it happens later. */
export class CallRecorder {
  readonly #parts: RecorderParts;
  readonly #keys = new CallKeys();
  readonly #machine = hostname().slice(0, 100);

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  begin(asked: AskedCall, context: RequestContext): OpenCall {
    return new OpenCall(this, asked, context, this.#parts.now());
  }

  /** Does the work of a call, and records how it ended. */
  async record<T extends RecordedAnswer | DryRunAnswer>(
    asked: AskedCall,
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
      call.failed(error);
      throw error;
    }
  }

  take(
    asked: AskedCall,
    context: RequestContext,
    ending: Ending & Pick<FinishedCall, 'at' | 'totalMs' | 'sha256' | 'bytes'>,
    reply: string,
  ): void {
    const { keepsBodies, redactor, take, now } = this.#parts;
    const id = this.#keys.next(now());
    const bodies = keepsBodies() ? bodiesOf(id, asked, reply, redactor) : null;
    const said = bodies ? `${bodies.messages.slice(-beginning)} ${bodies.reply.slice(0, beginning)}` : '';
    const of = {
      id,
      machine: this.#machine,
      requestId: context.requestId,
      door: context.door,
      kind: context.kind ?? 'chat',
    } as const;
    take({ row: rowOf({ ...ending, ...of, said }, (text) => redactor.cut(text)), bodies });
  }
}
