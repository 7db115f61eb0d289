import type { Adapter } from '../define.ts';
import { providerError } from '../shared/wire-error.ts';
import { billing } from './billing.ts';
import { toRequest } from './request.ts';
import { fromResponse } from './response.ts';

/**
 * ComfyVN's generic proxy: `POST {base}/chat` with `{ model, messages, params }`, answered by one JSON object
 * that contains the reply. It does not stream and lists no models. Source: ComfyVN's
 * comfyvn/models/adapters/proxy.py
 */
export const comfyvnProxy: Adapter<null> = {
  wire: 'comfyvn-proxy',
  framing: 'sse',
  capabilities: { structuredOutput: 'prompt', tools: false, images: false, stream: false },
  auth: { header: 'authorization', prefix: 'Bearer ' },
  modelList: null,
  billing,
  toRequest,
  fromResponse,
  newStream: () => null,
  fromStreamEvent: () => [],
  toError: providerError,
};
