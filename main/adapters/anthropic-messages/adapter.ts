import type { Adapter } from '../define.ts';
import { billing } from './billing.ts';
import { toError } from './errors.ts';
import { modelList } from './model-list.ts';
import { toRequest } from './request.ts';
import { fromResponse } from './response.ts';
import { newStream, type AnthropicStream } from './stream-state.ts';
import { fromStreamEvent } from './stream.ts';

/**
 * Anthropic's Messages API (`POST {base}/messages`, the base ends in `/v1`), also as implemented by other
 * servers. Settings: `anthropic_version` (default 2023-06-01) and `anthropic_beta` (text or list) become
 * headers. A schema is sent as one forced tool unless the target says otherwise: every model since Claude 3
 * supports tools. Source: https://platform.claude.com/docs/en/api/messages
 */
export const anthropicMessages: Adapter<AnthropicStream> = {
  wire: 'anthropic-messages',
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
