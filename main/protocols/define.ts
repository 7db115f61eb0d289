import type { ChatAnswer, ChatRequest, ToolDelta, Usage } from '../../contract/chat.ts';
import type { ErrorInfo } from '../../contract/errors.ts';
import type { Dropped } from '../../contract/plan.ts';
import type { AdapterName } from '../../contract/provider.ts';
import type { FieldLists } from './shared/field-lists.ts';

export type JsonObject = Record<string, unknown>;

/** A caller's request as the HTTP transport parsed it. */
export interface Incoming {
  body: unknown;
  /** The model, if the URL names it (Gemini). Percent-decoded. */
  model?: string;
  /** Set if the URL, not the body, requests a stream (Gemini). */
  stream?: boolean;
  query?: Readonly<Record<string, string | undefined>>;
  /** Header names in lower case. Credentials are not included. */
  headers?: Readonly<Record<string, string | string[] | undefined>>;
  /**
   * The adapter of the provider that will serve the call, if it is known before planning. Provider-specific
   * fields are sent to matching providers; without it they give a warning.
   */
  adapter?: AdapterName;
  /** Looks up an output item of an earlier Responses reply by id, if the transport stores them. */
  itemById?(id: string): JsonObject | undefined;
}

/** The neutral chat for a request, as input for `chat.send` or `chat.stream`. */
export type ProtocolChat = Pick<
  ChatRequest,
  | 'model'
  | 'messages'
  | 'params'
  | 'schema'
  | 'stream'
  | 'metadata'
  | 'dry_run'
  | 'retries'
  | 'fallback'
  | 'allow_retired'
  | 'max_cost_usd'
  | 'provider_options'
>;

/** The requested form of the reply. Each protocol adds the fields that its replies repeat. */
export interface Wanted {
  stream: boolean;
  /** The model's name as the caller wrote it; empty if there was none. */
  model: string;
}

/** A translated request. */
export interface Call<W extends Wanted = Wanted> {
  chat: ProtocolChat;
  wanted: W;
  /** Parts of the request that have no effect, one sentence each. */
  warnings: string[];
}

/** What a reply needs besides the answer. Clock and ids are passed in, so that this folder stays pure. */
export interface ReplyMeta<W extends Wanted = Wanted> {
  wanted: W;
  warnings: readonly string[];

  /** Milliseconds since 1970. */
  now(): number;
  /** A new id of at least 24 letters and digits, without a prefix. */
  newId(): string;
}

/** The part of an answer that the protocols read. */
export type Answer = Pick<ChatAnswer, 'provider' | 'model' | 'data' | 'usage' | 'dropped' | 'warnings'> & {
  timing?: ChatAnswer['timing'];
  /** The provider's message if its filter blocked the whole reply: see `shared/refusal.ts`. */
  refusal?: string;
};

/** `[DONE]` is OpenAI's end mark, which is not JSON. */
export interface ProtocolEvent {
  /** The name of a server-sent event; undefined in protocols without names. */
  event?: string;
  data: JsonObject | '[DONE]';
}

/** How events become bytes: see `frame.ts`. */
export type Framing = 'sse' | 'ndjson' | 'json-array';

/**
 * One streamed reply. Nothing is written before the first part, so that a call that fails earlier keeps its
 * HTTP status. Exactly one `done` or `error` ends it.
 */
export interface ReplyStream {
  start(of: { provider: string; model: string }, dropped: readonly Dropped[]): void;
  delta(text: string): ProtocolEvent[];
  reasoning(text: string): ProtocolEvent[];
  tool(part: ToolDelta): ProtocolEvent[];
  usage(usage: Usage): void;
  done(answer: Answer): ProtocolEvent[];
  /** For a stream that has started; before that, answer with `toError` and its status. */
  error(info: ErrorInfo): ProtocolEvent[];
}

/** An error in the protocol's format. */
export interface ErrorReply {
  status: number;
  body: JsonObject;
  /** `retry-after` (seconds), `x-should-retry`; names in lower case. */
  headers: Record<string, string>;
}

/**
 * A protocol offered to callers, as pure functions: no I/O, no clock, no randomness, and no argument is
 * modified. `toChat` throws `ProtocolError`; the others never throw.
 */
export interface Protocol<W extends Wanted = Wanted> {
  readonly name: string;
  /** `POST` routes, in Hono's syntax. */
  readonly routes: readonly string[];
  /**
   * Whether the protocol's replies can express a blocked reply (`Answer.refusal`); otherwise it is an error.
   */
  readonly showsRefusals: boolean;
  /** Every documented field of the request body, by how it is handled. */
  readonly fields: FieldLists;
  /** @throws ProtocolError for unsupported fields and wrong types */
  toChat(incoming: Incoming): Call<W>;
  framing(wanted: W): Framing;
  fromAnswer(answer: Answer, meta: ReplyMeta<W>): JsonObject;
  newStream(meta: ReplyMeta<W>): ReplyStream;
  toError(info: ErrorInfo): ErrorReply;
}
