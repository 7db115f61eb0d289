import type { AdapterName } from '../../../contract/provider.ts';
import { anthropicBatches } from '../anthropic-messages/batches.ts';
import { geminiBatches } from '../gemini-generate/batches.ts';
import { openAiBatches, openAiBatchProtocol } from '../openai-chat/batches.ts';
import { str } from '../shared/read.ts';
import type { BatchProtocol } from './protocol.ts';

/**
 * OpenAI's batch API at an Azure resource, in its current form: the lines name the deployment as their model, and it has
 * to be a deployment for batches. Work that takes longer than 24 hours is not given up by the service.
 * Source: learn.microsoft.com/azure/foundry/openai/how-to/batch.
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
