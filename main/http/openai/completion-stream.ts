import type { ChatAnswer, ToolDelta, Usage } from '../../../contract/chat.ts';
import type { Dropped } from '../../../contract/plan.ts';
import type { Envelope } from '../../../contract/errors.ts';
import type {
  ChatCompletionChunk,
  CompletionDelta,
  OpenAiFinish,
} from '../../../contract/operations/openai.ts';
import type { StreamListener } from '../../core/chat/reply/stream-listener.ts';
import { openAiErrorObject } from '../../protocols/shared/openai-error.ts';
import { noticesOf, openAiUsageOf, warningsField } from '../../protocols/shared/answer.ts';
import { answerError } from '../answer.ts';
import type { HttpCall } from '../http-call.ts';
import { StreamResponse } from '../stream-response.ts';
import { callId, completionId, createdNow, finishOf } from './completion.ts';
import { answeredBy, passedHeaders } from './headers.ts';

const done = 'data: [DONE]\n\n';
const endMark = /(^|\n)data: ?\[DONE\]\s*$/;

/**
 * A chat's stream as OpenAI chunks. The headers are sent with the first part of the reply, so that a call
 * that fails earlier has a proper HTTP status. A stream in OpenAI's own protocol is passed through.
 */
export class CompletionStream implements StreamListener {
  readonly #call: HttpCall;
  readonly #sse: StreamResponse;
  readonly #wantsUsage: boolean;
  readonly #id = completionId();
  readonly #created = createdNow();
  #model = '';
  #headers: Record<string, string> = {};
  #usage: Usage | undefined;
  /** A call's index in `tool_calls`, by its index in the provider's protocol. */
  readonly #places = new Map<number, number>();
  /** True if we create the chunks ourselves, false if the provider's are passed through. */
  #speaks = false;
  #passes = false;
  #ended = false;

  constructor(call: HttpCall, wantsUsage: boolean) {
    this.#call = call;
    this.#sse = new StreamResponse(call.outgoing, call.context.requestId);
    this.#wantsUsage = wantsUsage;
  }

  start = ({ provider, model }: { provider: string; model: string }, dropped: readonly Dropped[]) => {
    this.#model = model;
    this.#headers = answeredBy(provider, model, dropped);
  };
  delta = (content: string) => this.#piece({ content });
  reasoning = (text: string) => this.#piece({ reasoning_content: text });
  tool = (part: ToolDelta) => this.#piece({ tool_calls: [this.#toolPiece(part)] });
  usage = (usage: Usage) => void (this.#usage = usage);

  pass = (headers: Record<string, string>) => {
    const more = { ...this.#headers, ...passedHeaders(headers) };
    return (block: Buffer) => {
      this.#passes = true;
      this.#ended ||= endMark.test(block.subarray(-100).toString('latin1'));
      return this.#sse.write(block, more);
    };
  };

  #toolPiece({ index, id, name, arguments: args = '', ...more }: ToolDelta) {
    const known = this.#places.get(index);
    if (known !== undefined) return { index: known, function: { arguments: args }, ...more };
    const location = this.#places.size;
    this.#places.set(index, location);
    return {
      index: location,
      id: id || callId(),
      type: 'function',
      function: { name: name ?? '', arguments: args },
      ...more,
    };
  }

  #write(
    choices: ChatCompletionChunk['choices'],
    usage: Usage | null = null,
    warnings: readonly string[] = [],
  ): void | Promise<void> {
    const chunk: ChatCompletionChunk = {
      id: this.#id,
      object: 'chat.completion.chunk',
      created: this.#created,
      model: this.#model,
      choices,
      ...(this.#wantsUsage ? { usage: usage && openAiUsageOf(usage) } : {}),
      ...warningsField(warnings),
    };
    return this.#sse.write(`data: ${JSON.stringify(chunk)}\n\n`, this.#headers);
  }

  /** The first chunk contains the role. */
  #piece(
    delta: CompletionDelta,
    finish_reason: OpenAiFinish | null = null,
    warnings: readonly string[] = [],
  ): void | Promise<void> {
    if (!this.#speaks) {
      this.#speaks = true;
      void this.#write([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]);
    }
    return this.#write([{ index: 0, delta, finish_reason }], null, warnings);
  }

  /** Sends the end mark after a complete reply, or an error after any other. */
  async end(envelope: Envelope<ChatAnswer>): Promise<void> {
    const sse = this.#sse;
    if (!envelope.ok) {
      if (!sse.begun) return answerError(this.#call, envelope.error);
      const error = openAiErrorObject(envelope.error);
      if (!this.#ended) await sse.write(`\n\ndata: ${JSON.stringify({ error })}\n\n`);
      return sse.end();
    }
    if (this.#speaks || !this.#passes) {
      const finish = finishOf(envelope.data.data.finish_reason, this.#places.size > 0);
      await this.#piece({}, finish, noticesOf({ warnings: [] }, envelope.data));
      if (this.#wantsUsage && this.#usage) await this.#write([], this.#usage);
    }
    if (!this.#ended) await sse.write(done);
    sse.end();
  }
}
