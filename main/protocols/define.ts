import type { ChatAnswer, ChatRequest, ToolDelta, Usage } from '../../contract/chat.ts';
import type { ErrorInfo } from '../../contract/errors.ts';
import type { Dropped } from '../../contract/plan.ts';
import type { AdapterName } from '../../contract/provider.ts';
import type { FieldLists } from './shared/field-lists.ts';

export type JsonObject = Record<string, unknown>;

/** A caller's request as the HTTP transport read it. */
export interface Incoming {
  body: unknown;
  /** Where the address names the model (Gemini). Percent-decoded. */
  model?: string;
  /** Where the address, not the body, asks for a stream (Gemini). */
  stream?: boolean;
  query?: Readonly<Record<string, string | undefined>>;
  /** By names in lower case. Credentials are not read. */
  headers?: Readonly<Record<string, string | string[] | undefined>>;
  /**
   * The adapter of the provider that will serve the call, where it is known before the call is planned. Fields that
   * only some providers have travel to those; without it they become a warning.
   */
  adapter?: AdapterName;
  /** An output item of an earlier Responses reply by its id, where the transport keeps some. */
  itemById?(id: string): JsonObject | undefined;
}

/** The neutral chat that a request stands for: `chat.send` or `chat.stream` takes it as it is. */
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

/** What the caller asked of the reply's form. Each protocol adds what its replies repeat. */
export interface Wanted {
  stream: boolean;
  /** The model's name as the caller wrote it; empty where none was given. */
  model: string;
}

/** A request, translated. */
export interface Call<W extends Wanted = Wanted> {
  chat: ProtocolChat;
  wanted: W;
  /** What the request asks for that has no effect, one sentence each. */
  warnings: string[];
}

/** What a reply needs beside the answer. The clock and the ids are the caller's, so that this folder stays pure. */
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
  /** The provider's words where its filter withheld the whole reply: see `shared/refusal.ts`. */
  refusal?: string;
};

/** `[DONE]` is OpenAI's end mark, which is not JSON. */
export interface ProtocolEvent {
  /** The name of a server-sent event; absent where the protocol names none. */
  event?: string;
  data: JsonObject | '[DONE]';
}

/** How events become bytes: `frame.ts` does it. */
export type Framing = 'sse' | 'ndjson' | 'json-array';

/**
 * One streamed reply. Nothing is written before the first piece, so that a call that fails before it keeps its HTTP
 * status. Exactly one `done` or `error` ends it.
 */
export interface ReplyStream {
  start(of: { provider: string; model: string }, dropped: readonly Dropped[]): void;
  delta(text: string): ProtocolEvent[];
  reasoning(text: string): ProtocolEvent[];
  tool(part: ToolDelta): ProtocolEvent[];
  usage(usage: Usage): void;
  done(answer: Answer): ProtocolEvent[];
  /** For a stream that has begun; before that, answer with `toError` and its status. */
  error(info: ErrorInfo): ProtocolEvent[];
}

/** An error in the protocol's own shape. */
export interface ErrorReply {
  status: number;
  body: JsonObject;
  /** `retry-after` (seconds), `x-should-retry`; names in lower case. */
  headers: Record<string, string>;
}

/**
 * A protocol that callers speak to us, as pure functions: no I/O, no clock, no randomness, and no argument is
 * changed. `toChat` throws `ProtocolError`; the others throw nothing.
 */
export interface Protocol<W extends Wanted = Wanted> {
  readonly name: string;
  /** `POST` routes, in Hono's spelling. */
  readonly routes: readonly string[];
  /** Adapters whose providers reply in this protocol: their bytes may pass through unchanged. */
  readonly passesFrom: readonly AdapterName[];
  /** Whether a withheld reply has a place in a reply (`Answer.refusal`); where not, it is an error. */
  readonly showsRefusals: boolean;
  /** Every documented field of the request body, by what becomes of it. */
  readonly fields: FieldLists;
  /** @throws ProtocolError for what cannot be carried or has the wrong type */
  toChat(incoming: Incoming): Call<W>;
  framing(wanted: W): Framing;
  fromAnswer(answer: Answer, meta: ReplyMeta<W>): JsonObject;
  newStream(meta: ReplyMeta<W>): ReplyStream;
  toError(info: ErrorInfo): ErrorReply;
}
