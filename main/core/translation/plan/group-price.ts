import type { ChatService } from '../../chat/chat-service.ts';
import { countText } from '../../registry/prices/count-tokens.ts';
import { cachedPrefix } from './cache-prefix.ts';
import type { PlannedScene } from './scene-planner.ts';

/** USD of a group's request without its reply. */
export interface PromptPrice {
  /** All that the provider may have kept is read from its cache. */
  min: number;
  /** What the provider is sure to have kept is read, whatever else may be written is written. */
  likely: number;
  /** As part of a provider's batch, before its discount: whether anything is read there is never sure. */
  likelyInBatch: number;
}

/** What prompts cost with the provider's cache; what is not known counts against us. */
export class PromptPrices {
  readonly #chat: ChatService;
  /** Tokens of each constant part so far. */
  readonly #tokens = new Map<string, number>();

  constructor(chat: ChatService) {
    this.#chat = chat;
  }

  /**
   * The price of one more request of a run; the first one with a constant part writes it.
   * @param plain USD with nothing kept
   */
  async next({ call, plan, shown }: Omit<PlannedScene, 'lines'>, plain: number): Promise<PromptPrice> {
    const without = { min: plain, likely: plain, likelyInBatch: plain };
    const front = cachedPrefix(call, plan.resolved.provider);
    if (!front) return without;
    const known = this.#tokens.get(front.name);
    const tokens = known ?? (await countText(front.text));
    this.#tokens.set(front.name, tokens);
    const { prompt_tokens } = shown.estimate;
    const usage = { prompt_tokens, completion_tokens: 0, total_tokens: prompt_tokens };
    const read = await this.#chat.priceOfUsage(plan, { ...usage, cached_tokens: tokens });
    const written = front.isBilled
      ? await this.#chat.priceOfUsage(plan, { ...usage, cache_write_tokens: tokens })
      : plain;
    if (read === null || written === null) return without;
    const isRead = front.isSure && known !== undefined;
    return { min: Math.min(plain, read), likely: isRead ? read : written, likelyInBatch: written };
  }
}
