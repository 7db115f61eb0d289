import type { SpendView, UnknownSpend } from '../../../contract/call-log.ts';
import type { OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import type { Budget } from '../budget/budget.ts';
import type { CallLog } from '../calls/call-log.ts';
import { AppError } from '../lib/app-error.ts';
import { isObject } from '../lib/json.ts';
import { jsonOrUndefined } from '../net/read-body.ts';
import { TransportError } from '../net/transport-error.ts';
import type { Registry } from '../registry/build-registry.ts';
import { getFree, type FetchParts } from './fetch-models.ts';

export interface SpendParts extends FetchParts {
  registry(): Registry;
  calls: CallLog;
  budget: Budget;
}

const askMs = 10_000;

/** Spending, and how calls of unknown cost were settled. */
export class SpendService {
  readonly #parts: SpendParts;

  constructor(parts: SpendParts) {
    this.#parts = parts;
  }

  /** Without a ledger the list of unknown calls is empty, and `budget` has the reason. */
  async get({ days }: ParsedInput<'spend.get'>): Promise<OperationOutput<'spend.get'>> {
    const { calls, budget } = this.#parts;
    const view: SpendView = await calls.spend(days);
    const money = await budget.view();
    const unknown = money.ledger === 'available' ? await budget.unknown() : [];
    return { ...view, budget: money, unknown };
  }

  /** @throws AppError `not_found`, `invalid_request`, `ledger_unavailable` */
  async settle({ id, usd }: ParsedInput<'spend.settle'>): Promise<OperationOutput<'spend.settle'>> {
    await this.#parts.budget.settleUnknown(id, usd);
    return { budget: await this.#parts.budget.view() };
  }

  /**
   * Queries the provider for a call's cost, with its generation id; only OpenRouter supports that.
   * @throws AppError `not_found` for an unknown call, `invalid_request` if the provider cannot be queried
   */
  async verify(
    { id }: ParsedInput<'spend.verify'>,
    signal: AbortSignal,
  ): Promise<OperationOutput<'spend.verify'>> {
    const { budget } = this.#parts;
    const entry = (await budget.unknown()).find((one) => one.id === id);
    if (!entry) throw new AppError('not_found', `no call with an unknown cost has the id ${id}`);
    const usd = await this.#billOf(entry, signal);
    // The ledger settles at most the bound, so a higher cost is settled at the bound and the rest has to be
    // added by hand.
    await budget.settleUnknown(id, Math.min(usd, entry.bound_usd));
    return { usd, budget: await budget.view() };
  }

  /** Source: https://openrouter.ai/docs/api-reference/get-a-generation */
  async #billOf({ provider: name, provider_ref: ref }: UnknownSpend, signal: AbortSignal): Promise<number> {
    const provider = name === null ? undefined : this.#parts.registry().providers.get(name);
    if (!provider || provider.adapter !== 'openrouter' || !ref)
      throw new AppError(
        'invalid_request',
        'this provider cannot be asked what a single call came to: look at its own usage page, and settle the call by hand',
      );
    const query = { id: ref };
    const answer = await getFree(this.#parts, provider, { path: '/generation', query }, askMs, signal).catch(
      (error: unknown) => {
        throw error instanceof TransportError ? new AppError(error.code, error.message) : error;
      },
    );
    const json = jsonOrUndefined(answer.text);
    const data = isObject(json) && isObject(json['data']) ? json['data'] : {};
    const { total_cost: total, is_byok: byok, upstream_inference_cost: upstream } = data;
    if (answer.status !== 200 || typeof total !== 'number' || !Number.isFinite(total) || total < 0)
      throw new AppError(
        'provider_bad_reply',
        `${provider.name} did not say what the generation ${ref} came to (HTTP ${answer.status})`,
      );
    return total + (byok === true && typeof upstream === 'number' ? Math.max(0, upstream) : 0);
  }
}
