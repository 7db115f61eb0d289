import type { Adapter, ListedModel, ModelList } from '../define.ts';
import { billing } from './billing.ts';
import { toError } from './errors.ts';
import { toRequest } from './request.ts';
import { fromResponse } from './response.ts';
import { newStream, type AnthropicStream } from './stream-state.ts';
import { fromStreamEvent } from './stream.ts';
import { versionHeader } from './headers.ts';
import { arr, num, obj, str } from '../shared/read.ts';

/** `GET /models`, free, 1,000 a page at most. Source: https://platform.claude.com/docs/en/api/models/list */
const modelList: ModelList = {
  path: '/models',
  query: { limit: '1000' },
  forSettings: (settings) => ({ headers: versionHeader(settings) }),
  fromResponse: (json) => arr(obj(json).data).flatMap(toListedModel),
};

function toListedModel(entry: unknown): ListedModel[] {
  const model = obj(entry);
  const id = str(model.id);
  if (id === undefined) return [];
  const label = str(model.display_name);
  const context = num(model.max_input_tokens);
  return [{ id, ...(label === undefined ? {} : { label }), ...(context === undefined ? {} : { context }) }];
}

/**
 * Anthropic's Messages API (`POST {base}/messages`, the base ends in `/v1`), also as implemented by other
 * servers. Settings: `anthropic_version` (default 2023-06-01) and `anthropic_beta` (text or list) become
 * headers. A schema is sent as one forced tool unless the target says otherwise: every model since Claude 3
 * supports tools. Source: https://platform.claude.com/docs/en/api/messages
 */
export const anthropicMessages: Adapter<AnthropicStream> = {
  protocol: 'anthropic-messages',
  framing: 'sse',
  capabilities: { structuredOutput: 'tool', tools: true, images: true, stream: true },
  auth: { header: 'x-api-key', prefix: '' },
  modelList,
  billing,
  toRequest,
  fromResponse,
  newStream,
  fromStreamEvent,
  toError,
};
