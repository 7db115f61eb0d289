import type { AdapterName } from '../../../contract/provider.ts';
import { anthropicBatches } from '../anthropic-messages/batches.ts';
import { geminiBatches } from '../gemini-generate/batches.ts';
import { openAiBatches, openAiBatchProtocol } from '../openai-chat/batches.ts';
import { str } from '../shared/read.ts';
import type { BatchProtocol } from './protocol.ts';

/**
 * OpenAI's batch API at an Azure resource, in its current form. The lines name the deployment as their model,
 * and it has to be a batch deployment. Azure does not cancel work that takes longer than 24 hours. Source:
 * learn.microsoft.com/azure/foundry/openai/how-to/batch.
 */
const azureBatches = openAiBatchProtocol({
  root: '/openai/v1',
  endpoint: '/v1/chat/completions',
  problem({ api_version }) {
    const version = str(api_version);
    if (version === undefined || version === '' || version === 'v1') return null;
    return `with the setting api_version "${version}" a request does not name its deployment, which a batch needs: take the setting out`;
  },
});

/**
 * By adapter; other providers have no batches. OpenRouter's batch API is not used: its price varies by model
 * (from a fifth of the live price to above it) and is billed for the batch as a whole, so nothing could be
 * reserved or settled: openrouter.ai/docs/guides/features/batch-api.
 */
export const batchProtocols: Partial<Record<AdapterName, BatchProtocol>> = {
  openai: openAiBatches,
  azure_openai: azureBatches,
  anthropic: anthropicBatches,
  gemini: geminiBatches,
};
