import type { FinishReason, Message, ToolCall, Usage } from '../../contract/chat.ts';
import type { Dropped, Rewritten } from '../../contract/plan.ts';
import type { ProviderErrorCode } from '../../contract/errors.ts';
import type { JsonSchema } from '../../contract/module-preset.ts';
import type { StructuredOutput } from '../../contract/provider.ts';

export type JsonObject = Record<string, unknown>;

/** A chat in the neutral (OpenAI) spelling, options merged and model rules applied. */
export interface NeutralChat {
  messages: Message[];
  /** Sampling options, `tools`, `tool_choice`, `response_format`, and whatever else a caller set. */
  params: Record<string, unknown>;
  /** Structured output asked for; the adapter puts it in the provider's own way. */
  schema?: { name: string; schema: JsonSchema };
  stream: boolean;
}

/** Where the chat goes. No secret in it. */
export interface Target {
  /** The registry provider's name, for messages only. */
  provider: string;
  /** The id the protocol takes. */
  model: string;
  /** The provider's `settings` from the registry (`api_version`, `deployments`, `anthropic_version`, `x_title`…). */
  settings: Record<string, unknown>;
  /** How this model takes a schema; absent: the adapter's own default. */
  structuredOutput?: StructuredOutput;
}

/** A request in the provider's protocol, before `provider_options` and without authentication. */
export interface ProviderRequest {
  method: 'POST' | 'GET';
  /** Appended to the provider's base URL; begins with `/`; already percent-encoded. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: JsonObject;
  /** Neutral names of the parameters that reached the body (`temperature`, `schema`, …). */
  applied: string[];
  /** Parameters this protocol cannot carry. */
  dropped: Dropped[];
  /** What was put differently from the caller's input, by JSON pointer into `body`. */
  rewritten: Rewritten[];
}

export interface ChatResult {
  text: string;
  toolCalls: ToolCall[];
  reasoning?: string;
  /** null when the provider reported none. */
  finish: FinishReason | null;
  usage: Usage | null;
  /** USD, where the provider itself tells (OpenRouter's `usage.cost`). */
  costUsd?: number;
  /** What the provider calls this generation, where it says so. */
  providerRef?: string;
  /** Set when the reply is a refusal or a block, in the provider's words. */
  filtered?: string;
}

/**
 * What one stream event means. A stream is whole once `end` was seen; the usage may still follow, and a second `end`
 * says that nothing more comes.
 */
export type StreamPart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** `extra_content` is what the provider wants back with the call (Gemini's thought signature). */
  | {
      type: 'tool';
      index: number;
      id?: string;
      name?: string;
      arguments?: string;
      extra_content?: JsonObject;
    }
  | { type: 'usage'; usage: Usage; costUsd?: number }
  /** What the provider calls this generation: its bill can be asked for by it. */
  | { type: 'ref'; id: string }
  | { type: 'finish'; reason: FinishReason }
  | { type: 'filtered'; message: string }
  | { type: 'error'; error: ProviderError }
  | { type: 'end' };

/** One server-sent event, or one NDJSON line (then `event` is undefined). */
export interface RawEvent {
  event?: string;
  data: string;
}

/** A failed call in the provider's own words. */
export interface ProviderError {
  code: ProviderErrorCode;
  upstreamCode: string | null;
  /** Verbatim; the body's text (cut at 2,000 characters) where no message can be found in it. */
  upstreamMessage: string;
  /**
   * True where the body is the provider's own error object, so that the call was refused and not billed. False for a
   * gateway's page, an empty body, or anything else.
   */
  isOwnShape: boolean;
  /** False where waiting cannot help: no money, an unknown path. Absent: the status decides. */
  retryable?: boolean;
  /** Our own advice, beside the provider's words. */
  hint?: string;
  /** A wait the body asks for, beside the `Retry-After` header that the sender reads. */
  retryAfterMs?: number;
}

export interface ListedModel {
  id: string;
  label?: string;
  context?: number;
  /** `YYYY-MM-DD`, where the list tells (OpenAI `shutdown_date`, OpenRouter `expiration_date`). */
  shutdown?: string;
  /** USD per million tokens, where the list tells (OpenRouter). */
  pricing?: { input: number; output: number };
  supportedParameters?: string[];
}

/**
 * What a final body can cost, read from the body alone. Prompt tokens are bounded by the body's bytes: a token has at
 * least one. Images are not: they are billed by size.
 */
export interface Billing {
  /** How many images, by address or inline. */
  images: number;
  /** Bytes of the body that are images themselves and not text. */
  imageBytes: number;
  /** Prompt tokens that the provider adds by itself: what tells a model how to use tools. */
  extraPrompt: number;
  /** The highest multiple of the input price that prompt tokens may be billed at: 1, or more for cache writes. */
  inputFactor: number;
  /** How many replies are asked for. */
  replies: number;
  /** The most tokens one reply may have, thinking included; undefined where the body sets no readable limit. */
  maxOutput: number | undefined;
  /** Tokens that may be billed as output on top of that, for each reply: a thinking budget beside the limit. */
  extraOutput: number;
  /** Why there is no upper bound, each reason with its location: `tools[0]: a web search is billed by the provider`. */
  unbounded: string[];
  /** True where the bill has parts that token counts do not show: a search, another model's or tier's price. */
  beyondTokens: boolean;
}

/** A free request that lists the provider's models. */
export interface ModelList {
  path: string;
  query?: Record<string, string>;
  /** What the provider's settings add to the request: a version in the query or in a header. */
  forSettings?(settings: JsonObject): { query?: Record<string, string>; headers?: Record<string, string> };
  fromResponse(json: unknown): ListedModel[];
}

/**
 * A wire format as pure functions: no I/O, no clock, no randomness, no secret, and no argument is changed.
 * `fromResponse`, `fromStreamEvent` and `toError` never throw on what a provider may send: `fromResponse` returns
 * null for JSON that is not this protocol's reply, the others answer with an `error` part or a generic message.
 */
export interface Adapter<State = unknown> {
  readonly protocol: string;
  readonly framing: 'sse' | 'ndjson';
  readonly capabilities: {
    /** How a schema is put where the target does not say. */
    structuredOutput: StructuredOutput;
    tools: boolean;
    images: boolean;
    stream: boolean;
  };
  /** The header a key travels in, and what stands before it (`Bearer `). null: this protocol takes no key. */
  readonly auth: { header: string; prefix: string } | null;
  /** null where the protocol has no free list. */
  readonly modelList: ModelList | null;
  /**
   * What the final body can cost. Fields are judged by two lists, those that can cost and those that cannot; one that
   * is on neither makes the call unbounded. A body that `toRequest` wrote is never unbounded by its plain fields.
   */
  billing(body: JsonObject): Billing;
  toRequest(chat: NeutralChat, target: Target): ProviderRequest;
  fromResponse(json: unknown): ChatResult | null;
  newStream(): State;
  fromStreamEvent(event: RawEvent, state: State): StreamPart[];
  toError(status: number, json: unknown, text: string): ProviderError;
}
