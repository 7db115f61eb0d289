import type { FieldLists } from '../shared/field-lists.ts';

const anthropicOnly = 'only Anthropic has it';
const caching = 'caching is left to the provider';

/** Source: platform.claude.com/docs/en/api/messages/create, and the official client's `MessageCreateParams`. */
export const messagesFields: FieldLists = {
  taken: [
    'model',
    'messages',
    'max_tokens',
    'metadata',
    'output_config',
    'output_format',
    'stop_sequences',
    'stream',
    'system',
    'temperature',
    'thinking',
    'tool_choice',
    'tools',
    'top_k',
    'top_p',
    'comfyvn',
  ],
  native: {
    cache_control: { why: caching },
    inference_geo: { why: anthropicOnly },
    service_tier: { why: anthropicOnly, unless: ['auto'] },
    speed: { why: anthropicOnly, unless: ['standard'] },
  },
  accepted: {
    billing_policy: { why: anthropicOnly },
    diagnostics: { why: 'a translated reply has no diagnostics' },
    user_profile_id: { why: anthropicOnly },
    workspace_id: { why: 'the provider’s key decides on the workspace' },
  },
  refused: {
    compaction: { why: 'the conversation is not compacted here: shorten `messages` yourself' },
    container: { why: 'containers belong to tools that run at Anthropic' },
    context_management: { why: 'the conversation is not edited here: shorten `messages` yourself' },
    fallback_credit_token: { why: 'no credits are handled here' },
    fallbacks: { why: 'a fallback is chosen here: `"comfyvn": {"fallback": "shortlist"}`' },
    mcp_servers: { why: 'no tools are called here: give them as `tools` and call them yourself' },
    thread: { why: 'nothing is stored here: send the whole conversation as `messages`' },
  },
};

/** Fields of `output_config`. */
export const outputConfigFields: FieldLists = {
  taken: ['effort', 'format'],
  native: {},
  accepted: { task_budget: { why: 'the reply is limited by `max_tokens` only' } },
  refused: {},
};

/** Fields of a tool that the caller defines. */
export const toolFields: FieldLists = {
  taken: ['name', 'description', 'input_schema', 'type', 'strict'],
  native: {
    allowed_callers: { why: anthropicOnly },
    cache_control: { why: caching },
    defer_loading: { why: 'every tool is loaded at once', unless: [false] },
    // Controls how a call's arguments are streamed, which does not affect the reply.
    eager_input_streaming: { why: anthropicOnly, unless: [true, false] },
    input_examples: { why: anthropicOnly },
  },
  accepted: {},
  refused: {},
};

/** Fields of `metadata`. */
export const metadataFields: FieldLists = { taken: ['user_id'], native: {}, accepted: {}, refused: {} };
