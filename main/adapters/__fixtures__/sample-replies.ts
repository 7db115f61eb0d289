import type { FinishReason } from '../../../contract/chat.ts';
import type { ProviderErrorCode } from '../../../contract/errors.ts';

/** The content of a recorded reply, as a person read it in the file. */
export interface SampleReply {
  /** The first 24 characters. */
  text: string;
  finish: FinishReason | null;
  /** Prompt, completion and total tokens. */
  usage: [number, number, number] | null;
  cached?: number;
  reasoning?: number;
  /** The first 12 characters of the reasoning text. */
  thinks?: string;
  calls?: string[];
  /** The first 32 characters of a refusal. */
  filtered?: string;
}

const weather = ['weather({"location":"San Francisco"})'];
const elements =
  'json({"elements":[{"location":"San Francisco","temperature":-5,"condition":"snowy"},' +
  '{"location":"London","temperature":0,"condition":"snowy"},{"location":"Paris","temperature":23,' +
  '"condition":"cloudy"},{"location":"Berlin","temperature":-9,"condition":"snowy"}]})';
const oneElement = 'json({"elements":[{"location":"San Francisco","temperature":58,"condition":"sunny"}]})';
const refused = 'This request triggered restricti';

/**
 * By file. xAI and Gemini count reasoning separately from the completion; here it is included, as it is
 * billed.
 */
export const sampleReplies: Record<string, SampleReply> = {
  'openai-chat/azure-model-router.1.chunks.txt': {
    text: 'Capital of Denmark.',
    finish: 'stop',
    usage: [15, 78, 93],
    reasoning: 64,
  },
  'openai-chat/openai-text.chunks.txt': {
    text: '**Holiday Name:** Harmon',
    finish: 'stop',
    usage: [16, 300, 316],
  },
  'openai-chat/openai-text.json': { text: '**Holiday Name:** Galaxy', finish: 'stop', usage: [16, 363, 379] },
  'openai-compatible/anthropic-fallback-tool-call.sse': {
    text: 'Reading it.',
    finish: 'tool_calls',
    usage: null,
    calls: ['read_file({"path":"a.txt"})'],
  },
  'openai-compatible/deepseek-json.json': {
    text: '{\n  "location": "San Fra',
    finish: 'stop',
    usage: [495, 144, 639],
    cached: 320,
    reasoning: 118,
    thinks: 'I have the r',
  },
  'openai-compatible/deepseek-reasoning.chunks.txt': {
    text: 'The word "strawberry" co',
    finish: 'stop',
    usage: [18, 219, 237],
    reasoning: 205,
    thinks: 'We need to c',
  },
  'openai-compatible/deepseek-reasoning.json': {
    text: 'The word "strawberry" co',
    finish: 'stop',
    usage: [18, 345, 363],
    reasoning: 315,
    thinks: 'We are asked',
  },
  'openai-compatible/deepseek-text.chunks.txt': {
    text: '## **Holiday Name:** Sta',
    finish: 'length',
    usage: [13, 400, 413],
  },
  'openai-compatible/deepseek-text.json': {
    text: '## **Holiday Name: Grati',
    finish: 'length',
    usage: [13, 300, 313],
  },
  'openai-compatible/deepseek-tool-call.chunks.txt': {
    text: '',
    finish: 'tool_calls',
    usage: [339, 83, 422],
    cached: 320,
    reasoning: 39,
    thinks: 'The user is ',
    calls: weather,
  },
  'openai-compatible/deepseek-tool-call.json': {
    text: '',
    finish: 'tool_calls',
    usage: [339, 92, 431],
    cached: 320,
    reasoning: 48,
    thinks: 'The user is ',
    calls: weather,
  },
  'openai-compatible/xai-text.chunks.txt': {
    text: 'Grok',
    finish: 'stop',
    usage: [12, 342, 354],
    cached: 11,
    reasoning: 340,
    thinks: 'First, the u',
  },
  'openai-compatible/xai-text.json': {
    text: 'Grok',
    finish: 'stop',
    usage: [12, 322, 334],
    cached: 2,
    reasoning: 320,
    thinks: 'First, the u',
  },
  'openai-compatible/xai-tool-call.chunks.txt': {
    text: '',
    finish: 'tool_calls',
    usage: [307, 253, 560],
    cached: 306,
    reasoning: 227,
    thinks: 'First, the u',
    calls: weather,
  },
  'openai-compatible/xai-tool-call.json': {
    text: '',
    finish: 'tool_calls',
    usage: [307, 281, 588],
    cached: 244,
    reasoning: 255,
    thinks: 'First, the u',
    calls: weather,
  },
  'anthropic-messages/anthropic-json-output-format.1.chunks.txt': {
    text: '{"characters":[{"name":"',
    finish: 'stop',
    usage: [313, 305, 618],
  },
  'anthropic-messages/anthropic-json-output-format.1.json': {
    text: '{"recipe":{"name":"Class',
    finish: 'stop',
    usage: [371, 629, 1000],
  },
  'anthropic-messages/anthropic-json-tool.1.chunks.txt': {
    text: '',
    finish: 'tool_calls',
    usage: [849, 47, 896],
    calls: [oneElement],
  },
  'anthropic-messages/anthropic-json-tool.1.json': {
    text: '',
    finish: 'tool_calls',
    usage: [1151, 87, 1238],
    calls: [elements],
  },
  'anthropic-messages/anthropic-message-delta-input-tokens.chunks.txt': {
    text: 'pong',
    finish: 'stop',
    usage: [61, 2, 63],
  },
  'anthropic-messages/anthropic-refusal.chunks.txt': {
    text: '',
    finish: 'content_filter',
    usage: [18, 5, 23],
    filtered: refused,
  },
  'anthropic-messages/anthropic-refusal.json': {
    text: '',
    finish: 'content_filter',
    usage: [18, 5, 23],
    filtered: refused,
  },
  'anthropic-messages/anthropic-text.chunks.txt': {
    text: "Hello! I'm doing well, t",
    finish: 'stop',
    usage: [12, 30, 42],
  },
  'anthropic-messages/anthropic-text.json': {
    text: "Hello! I'm doing well, t",
    finish: 'stop',
    usage: [12, 29, 41],
  },
  'anthropic-messages/anthropic-tool-no-args.chunks.txt': {
    text: "I'll update the issue li",
    finish: 'tool_calls',
    usage: [565, 48, 613],
    calls: ['updateIssueList({})'],
  },
  'anthropic-messages/anthropic-tool-no-args.json': {
    text: '<thinking>\nThe updateIss',
    finish: 'tool_calls',
    usage: [602, 93, 695],
    calls: ['updateIssueList({})'],
  },
  'anthropic-messages/duplicate-message-start.chunks.txt': {
    text: 'Hello, World!',
    finish: 'stop',
    usage: [17, 227, 244],
  },
  'gemini-generate/google-reasoning.chunks.txt': {
    text: 'There are **3** "r"s in ',
    finish: 'stop',
    usage: [9, 285, 294],
    reasoning: 256,
  },
  'gemini-generate/google-reasoning.json': {
    text: 'There are **3** "r"s in ',
    finish: 'stop',
    usage: [9, 311, 320],
    reasoning: 282,
  },
  'gemini-generate/google-text.chunks.txt': {
    text: 'There are **3** "r"s in ',
    finish: 'stop',
    usage: [9, 208, 217],
    reasoning: 185,
  },
  'gemini-generate/google-text.json': {
    text: "There are **3** r's in s",
    finish: 'stop',
    usage: [9, 272, 281],
    reasoning: 244,
  },
  'gemini-generate/google-tool-call.chunks.txt': {
    text: '',
    finish: 'tool_calls',
    usage: [29, 60, 89],
    reasoning: 45,
    calls: weather,
  },
  'gemini-generate/google-tool-call.json': {
    text: '',
    finish: 'tool_calls',
    usage: [29, 908, 937],
    reasoning: 893,
    calls: weather,
  },
};

/** Recordings of error bodies, with their statuses. */
export const samplesApart: Record<
  string,
  { status: number; code: ProviderErrorCode; upstreamCode: string; message: string; retryAfterMs?: number }
> = {
  'openai-chat/reasoning-model-legacy-parameter-error.json': {
    status: 400,
    code: 'provider_rejected',
    upstreamCode: 'unsupported_parameter',
    message: "Use 'max_completion_tokens' instead.",
  },
  'gemini-generate/google-429-retry-info.json': {
    status: 429,
    code: 'provider_rate_limited',
    upstreamCode: 'RESOURCE_EXHAUSTED',
    message: 'You exceeded your current quota',
    retryAfterMs: 34_400,
  },
};
