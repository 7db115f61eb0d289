import type { FinishReason, Message, ToolCall, Usage } from '../../contract/chat.ts';
import type { CodedDropped, CodedRewritten } from '../../contract/plan.ts';
import type { ProviderErrorCode } from '../../contract/errors.ts';
import type { JsonSchema } from '../../contract/module-preset.ts';
import type { StructuredOutput } from '../../contract/provider.ts';

export type JsonObject = Record<string, unknown>;

/** A chat in the neutral (OpenAI) format, with options merged and model rules applied. */
export interface NeutralChat {
  messages: Message[];
  /** Sampling options, `tools`, `tool_choice`, `response_format`, and anything else that a caller set. */
  params: Record<string, unknown>;
  /** The requested structured output; the adapter converts it to the provider's format. */
  schema?: { name: string; schema: JsonSchema };
  stream: boolean;
}

/** The target of a chat. Contains no secret. */
export interface Target {
  /** The registry provider's name, for messages only. */
  provider: string;
  /** The model's id in the protocol. */
  model: string;
  /** The provider's `settings` from the registry (`api_version`, `deployments`, `anthropic_version`, `x_title`…). */
  settings: Record<string, unknown>;
  /** How this model takes a schema; the adapter's default if unset. */
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
  /** Neutral names of the parameters in the body (`temperature`, `schema`, …). */
  applied: string[];
  /** Parameters that this protocol does not support. */
  dropped: CodedDropped[];
  /** Values that differ from the caller's input, by JSON pointer into `body`. */
  rewritten: CodedRewritten[];
}

export interface ChatResult {
  text: string;
  toolCalls: ToolCall[];
  reasoning?: string;
  /** null if the provider reported none. */
  finish: FinishReason | null;
  usage: Usage | null;
  /** USD, if the provider reports it (OpenRouter's `usage.cost`). */
  costUsd?: number;
  /** The provider's id of this generation, if it reports one. */
  providerRef?: string;
  /** Set if the reply is a refusal or was blocked, in the provider's words. */
  filtered?: string;
}

/**
 * Parts of a stream. A stream is complete once `end` was seen. The usage may still follow, and a second `end`
 * means that nothing more comes.
 */
export type StreamPart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** `extra_content` has to be sent back to the provider with the call (Gemini's thought signature). */
  | {
      type: 'tool';
      index: number;
      id?: string;
      name?: string;
      arguments?: string;
      extra_content?: JsonObject;
    }
  | { type: 'usage'; usage: Usage; costUsd?: number }
  /** The provider's id of this generation, with which its cost can be queried. */
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
  /** Verbatim; if no message is found, the body's text, truncated to 2,000 characters. */
  upstreamMessage: string;
  /**
   * True if the body is the provider's own error object, so that the call was refused and not billed. False
   * for a gateway's page, an empty body, or anything else.
   */
  isOwnShape: boolean;
  /** False if waiting cannot help: no credit, an unknown path. Unset: the status decides. */
  retryable?: boolean;
  /** Our own advice, in addition to the provider's message. */
  hint?: string;
  /** A wait that the body requests; the sender reads the `Retry-After` header itself. */
  retryAfterMs?: number;
}

export interface ListedModel {
  id: string;
  label?: string;
  context?: number;
  /** `YYYY-MM-DD`, if the list has it (OpenAI `shutdown_date`, OpenRouter `expiration_date`). */
  shutdown?: string;
  /** USD per million tokens, if the list has it (OpenRouter). */
  pricing?: { input: number; output: number };
  supportedParameters?: string[];
}

/**
 * What a final body can cost, derived from the body alone. Prompt tokens are bounded by the body's bytes,
 * because a token has at least one. Images are not: they are billed by size.
 */
export interface Billing {
  /** Number of images, by URL or inline. */
  images: number;
  /** Bytes of the body that are image data and not text. */
  imageBytes: number;
  /** Prompt tokens that the provider adds itself to explain tools to the model. */
  extraPrompt: number;
  /** The highest multiple of the input price for prompt tokens: 1, or more for cache writes. */
  inputFactor: number;
  /** The number of requested replies. */
  replies: number;
  /** Maximum tokens of one reply including reasoning; undefined if the body sets no readable limit. */
  maxOutput: number | undefined;
  /** Additional output tokens per reply beyond that limit, such as a separate thinking budget. */
  extraOutput: number;
  /**
   * Why there is no upper bound, each with its location: `tools[0]: a web search is billed by the provider`.
   */
  unbounded: string[];
  /** True if the cost has parts that token counts do not show: a search, another model's or tier's price. */
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
 * A provider protocol as pure functions: no I/O, no clock, no randomness, no secrets, and no argument is
 * modified. `fromResponse`, `fromStreamEvent` and `toError` never throw on anything a provider may send:
 * `fromResponse` returns null for JSON that is not this protocol's reply, the others return an `error` part
 * or a generic message.
 */
export interface Adapter<State = unknown> {
  readonly protocol: string;
  readonly framing: 'sse' | 'ndjson';
  readonly capabilities: {
    /** How a schema is sent if the target does not say. */
    structuredOutput: StructuredOutput;
    tools: boolean;
    images: boolean;
    stream: boolean;
  };
  /** The header for the key, and its prefix (`Bearer `). null: this protocol uses no key. */
  readonly auth: { header: string; prefix: string } | null;
  /** null if the protocol has no free list. */
  readonly modelList: ModelList | null;
  /**
   * What the final body can cost. Each field is on one of two lists, those that can add cost and those that
   * cannot; an unlisted field makes the cost unbounded. A body from `toRequest` is never unbounded because of
   * its plain fields.
   */
  billing(body: JsonObject): Billing;
  toRequest(chat: NeutralChat, target: Target): ProviderRequest;
  fromResponse(json: unknown): ChatResult | null;
  newStream(): State;
  fromStreamEvent(event: RawEvent, state: State): StreamPart[];
  toError(status: number, json: unknown, text: string): ProviderError;
}
