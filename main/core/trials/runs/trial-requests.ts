import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DryRunAnswer } from '../../../../contract/chat.ts';
import type { PackRequest } from '../../../../contract/prompt-pack.ts';
import type { Contestant } from '../../../../contract/trials.ts';
import { chargeOf, spentOn } from '../../chat/cost/failed-call-cost.ts';
import type { ChatService } from '../../chat/chat-service.ts';
import type { Plan } from '../../chat/plan/plan.ts';
import { AppError } from '../../lib/app-error.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { Pack } from '../../prompt-packs/pack.ts';
import { replyOf, type PackService } from '../../prompt-packs/pack-service.ts';
import type { PackStore } from '../../prompt-packs/pack-store.ts';
import { preparePack, type Prepared } from '../../prompt-packs/prepare-pack.ts';
import { countPromptTokens } from '../../registry/prices/count-tokens.ts';
import type { TrialUnit } from '../sets/trial-set.ts';
import type { AnswerEntry } from './trial-journal.ts';

export interface RequestParts {
  chat: ChatService;
  packs: PackService;
  packStore: PackStore;
  hasModule(module: string): boolean;
  now(): number;
}

/** A request as it would be sent. */
export interface PlannedUnit {
  plan: Plan;
  shown: DryRunAnswer;
  call: Prepared['call'];
  /** Cost in USD of a reply of typical length; null if the price is unknown. */
  expectedUsd: number | null;
}

/** Attempts of a request that fails without cost. */
const tries = 4;
const maxWaitMs = 30_000;

/** SHA-256 of everything that a pack adds to every request: templates, schema, options. */
export function promptHash({ file, system, template, schema }: Pack): string {
  const parts = [
    file.module,
    file.version,
    system.source,
    template.source,
    schema,
    file.options,
    file.checks,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

const tokensOf = async (text: string) =>
  (await countPromptTokens([{ role: 'assistant', content: text }], {}, false)).tokens;

/** Average tokens of the replies in the pack's samples; null if no sample has one. */
async function sampleTokens({ samples }: Pack): Promise<number | null> {
  const replies = samples.flatMap(({ reply }) => (reply === undefined ? [] : [reply]));
  if (!replies.length) return null;
  const counts = await Promise.all(
    replies.map((reply) => tokensOf(typeof reply === 'string' ? reply : JSON.stringify(reply))),
  );
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}

/** Builds and sends the requests of one trial. */
export class TrialRequests {
  readonly #parts: RequestParts;
  readonly #mock: boolean;
  readonly pack: Pack;
  #sample: Promise<number | null> | undefined;

  private constructor(parts: RequestParts, pack: Pack, mock: boolean) {
    this.#parts = parts;
    this.pack = pack;
    this.#mock = mock;
  }

  /** @throws AppError `unknown_module` */
  static async of(parts: RequestParts, module: string, mock: boolean): Promise<TrialRequests> {
    return new TrialRequests(parts, await parts.packStore.get(module), mock);
  }

  #request(unit: TrialUnit, ask: Contestant): PackRequest {
    const mock = this.#mock ? { mock: true } : {};
    // A retry because of the schema would hide what is being measured.
    return { ...ask, ...mock, module: this.pack.file.module, variables: unit.variables, retries: 0 };
  }

  /** Expected tokens of a reply: from the first reference if there is one, else from the pack's samples. */
  async #replyTokens(unit: TrialUnit, max: number | null): Promise<number | null> {
    const reference = unit.references?.[0];
    if (reference !== undefined) return tokensOf(JSON.stringify({ translation: reference }));
    this.#sample ??= sampleTokens(this.pack);
    return (await this.#sample) ?? max;
  }

  /**
   * The request of a unit; nothing is sent.
   * @throws AppError the errors of a plan: variables, models, parameters
   */
  async plan(unit: TrialUnit, ask: Contestant, context: RequestContext): Promise<PlannedUnit> {
    const { hasModule, chat } = this.#parts;
    const { call } = preparePack(this.pack, hasModule(this.pack.file.module), this.#request(unit, ask));
    const { plan, shown } = await chat.preview(call, context);
    if (this.#mock) return { plan, shown, call, expectedUsd: 0 };
    const { cost, price, max_completion_tokens: max } = shown.estimate;
    if (!cost) return { plan, shown, call, expectedUsd: null };
    if (!price) return { plan, shown, call, expectedUsd: cost.min };
    const reply = await this.#replyTokens(unit, max);
    const expectedUsd = reply === null ? null : cost.min + (reply * price.output) / price.per;
    return { plan, shown, call, expectedUsd };
  }

  /**
   * Sends one unit, and again if the failure cost nothing.
   * @param planned of the same unit and contestant
   * @param signal ends waiting for a retry: the failure is then final
   * @throws AppError if every other request would fail too; nothing was sent then
   */
  async send(
    unit: TrialUnit,
    ask: Contestant,
    planned: PlannedUnit,
    context: RequestContext,
    signal: AbortSignal,
  ): Promise<Omit<AnswerEntry, 'kind' | 'contestant' | 'unit'>> {
    let earlier = 0;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(unit, ask, planned, context, earlier);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const charge = chargeOf(error);
        if (charge.stops || error.code === 'budget_exceeded') throw error;
        const wait = charge.retryAfterMs;
        const again = charge.paid === 'no' && wait !== undefined && attempt < tries && wait <= maxWaitMs;
        if (!again || signal.aborted) return this.#failed(error, planned, earlier);
        earlier += charge.usd;
        await sleep(Math.min(maxWaitMs, wait * 2 ** (attempt - 1)), undefined, { signal }).catch(() => {});
      }
    }
  }

  async #once(
    unit: TrialUnit,
    ask: Contestant,
    { plan, shown, expectedUsd }: PlannedUnit,
    context: RequestContext,
    earlier: number,
  ): Promise<Omit<AnswerEntry, 'kind' | 'contestant' | 'unit'>> {
    const answer = await this.#parts.packs.run({ ...this.#request(unit, ask), send: true }, context);
    if (!('checks' in answer) || !('reply' in answer))
      throw new AppError('internal_error', 'a trial got no answer');
    const free = plan.resolved.provider.kind !== 'cloud' || answer.mock;
    const actual = answer.cost?.total ?? (free ? 0 : null);
    return {
      reply: replyOf(this.pack, answer),
      schema_passed: plan.schema ? true : null,
      checks: answer.checks,
      estimated_usd: expectedUsd,
      actual_usd: actual,
      latency_ms: answer.timing.upstream_ms,
      error: null,
      message: null,
      paid: 'yes',
      spent_usd: (free ? (actual ?? 0) : spentOn(answer, shown.estimate.cost?.max ?? null)) + earlier,
      request_sha256: plan.sha256,
      at: new Date(this.#parts.now()).toISOString(),
    };
  }

  #failed(
    error: AppError,
    { plan, shown, expectedUsd }: PlannedUnit,
    earlier: number,
  ): Omit<AnswerEntry, 'kind' | 'contestant' | 'unit'> {
    const { paid: charged, usd } = chargeOf(error);
    const billed = plan.resolved.provider.kind === 'cloud';
    const paid = billed || charged === 'yes' ? charged : 'no';
    const bound = shown.estimate.cost?.max ?? 0;
    const spent = paid === 'maybe' ? usd || bound : usd;
    return {
      reply: undefined,
      schema_passed: plan.schema ? false : null,
      checks: [],
      estimated_usd: expectedUsd,
      actual_usd: paid === 'maybe' ? null : usd,
      latency_ms: null,
      error: error.code,
      message: error.message.slice(0, 500),
      paid,
      spent_usd: spent + earlier,
      request_sha256: plan.sha256,
      at: new Date(this.#parts.now()).toISOString(),
    };
  }
}
