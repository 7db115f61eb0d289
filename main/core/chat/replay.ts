import type { ChatAnswer, DryRunAnswer } from '../../../contract/chat.ts';
import { AppError } from '../lib/app-error.ts';
import type { ChatService } from './chat-service.ts';
import type { ChatCall } from './resolve/merge-options.ts';
import type { StreamListener } from './reply/stream-listener.ts';
import type { RequestContext } from '../lib/request-context.ts';
import type { CallLog } from '../calls/call-log.ts';
import { callOf } from './plan/stored-request.ts';

/**
 * Sends a logged call again, through the same path as every other call, so later changes to its preset apply.
 */
export class Replay {
  readonly #calls: CallLog;
  readonly #chat: ChatService;

  constructor(calls: CallLog, chat: ChatService) {
    this.#calls = calls;
    this.#chat = chat;
  }

  /**
   * What the call would send today, without network access.
   * @throws AppError `not_found`, and whatever a dry run throws
   */
  async plan(id: string, context: RequestContext): Promise<DryRunAnswer> {
    return this.#chat.dryRun(await this.#asked(id, context), context);
  }

  /**
   * Sends the call again.
   * @throws AppError `not_found`, and whatever a chat throws
   */
  async send(id: string, context: RequestContext, streamListener: StreamListener): Promise<ChatAnswer> {
    return this.#chat.send(await this.#asked(id, context), context, streamListener);
  }

  async #asked(id: string, { fromPanel }: RequestContext): Promise<ChatCall> {
    const { request, bodies } = await this.#calls.get(id, fromPanel);
    if (request) return callOf(request);
    const why = bodies ? 'only part of its messages is stored' : 'its messages are not stored';
    throw new AppError('not_found', `call ${id} cannot be sent again: ${why} (setting "record_bodies")`);
  }
}
