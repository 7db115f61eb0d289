import type { AdapterName } from '../../../contract/provider.ts';
import { anthropicBatches } from '../anthropic-messages/batches.ts';
import { azureBatches } from '../azure-openai/batches.ts';
import { geminiBatches } from '../gemini-generate/batches.ts';
import { openAiBatches } from '../openai-chat/batches.ts';
import type { BatchProtocol } from './protocol.ts';

/**
 * By adapter; a provider whose adapter is not here takes no batches. OpenRouter has a batch API as well, but its price
 * differs from model to model (from a fifth to more than the live one) and is billed for a batch as a whole, so that
 * nothing could be reserved or settled: openrouter.ai/docs/guides/features/batch-api.
 */
export const batchProtocols: Partial<Record<AdapterName, BatchProtocol>> = {
  openai: openAiBatches,
  azure_openai: azureBatches,
  anthropic: anthropicBatches,
  gemini: geminiBatches,
};
