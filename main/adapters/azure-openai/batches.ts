import { openAiBatchProtocol } from '../openai-chat/batches.ts';
import { str } from '../shared/read.ts';

/**
 * OpenAI's batch API at an Azure resource, in its current form: the lines name the deployment as their model, and it has
 * to be a deployment for batches. Work that takes longer than 24 hours is not given up by the service.
 * Source: learn.microsoft.com/azure/foundry/openai/how-to/batch.
 */
export const azureBatches = openAiBatchProtocol({
  root: '/openai/v1',
  endpoint: '/v1/chat/completions',
  problem({ api_version }) {
    const version = str(api_version);
    if (version === undefined || version === '' || version === 'v1') return null;
    return `with the setting api_version "${version}" a request does not name its deployment, which a batch needs: take the setting out`;
  },
});
