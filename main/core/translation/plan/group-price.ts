import type { ChatService } from '../../chat/chat-service.ts';
import { countText } from '../../registry/prices/count-tokens.ts';
import { cachedPrefix } from './cache-prefix.ts';
import type { PlannedScene } from './scene-planner.ts';

/** USD of a group's request, without its reply. */
export interface PromptPrice {
  /** The whole prefix is read from the provider's cache. */
  min: number;
  /** The prefix is read if the provider guarantees it; otherwise it is written. */
  likely: number;
  /** As `likely` within a provider batch, before the batch discount. In a batch, no read is guaranteed. */
  likelyInBatch: number;
}

/** Calculates the cost of prompts with the provider's cache. Uncertain reads are not counted. */
export class PromptPrices {
  readonly #chat: ChatService;
  /** Tokens of each prefix so far, by its name. */
  readonly #tokens = new Map<string, number>();

  constructor(chat: ChatService) {
    this.#chat = chat;
  }

  /**
   * The price of a run's next request. The first request with a prefix writes the prefix.
   * @param uncached USD without the cache
   */
  async next({ call, plan, shown }: Omit<PlannedScene, 'lines'>, uncached: number): Promise<PromptPrice> {
    const without = { min: uncached, likely: uncached, likelyInBatch: uncached };
    const prefix = cachedPrefix(call, plan.resolved.provider);
    if (!prefix) return without;
    const known = this.#tokens.get(prefix.name);
    const tokens = known ?? (await countText(prefix.text));
    this.#tokens.set(prefix.name, tokens);
    const { prompt_tokens } = shown.estimate;
    const usage = { prompt_tokens, completion_tokens: 0, total_tokens: prompt_tokens };
    const read = await this.#chat.priceOfUsage(plan, { ...usage, cached_tokens: tokens });
    const written = prefix.isBilled
      ? await this.#chat.priceOfUsage(plan, { ...usage, cache_write_tokens: tokens })
      : uncached;
    if (read === null || written === null) return without;
    const isRead = prefix.isGuaranteed && known !== undefined;
    return { min: Math.min(uncached, read), likely: isRead ? read : written, likelyInBatch: written };
  }
}
