import { errorStatus, type Envelope, type ErrorInfo } from '../../../contract/errors.ts';
import {
  isOperationName,
  operations,
  type OperationName,
  type OperationOutput,
} from '../../../contract/operations/table.ts';
import { AppError } from '../lib/app-error.ts';
import type { StreamListener } from '../chat/reply/stream-listener.ts';
import { checkKeys } from '../lib/check-keys.ts';
import type { Handlers } from './handlers.ts';
import type { Log } from '../lib/log/log.ts';
import { suggest } from '../lib/suggest.ts';
import type { Redactor } from '../lib/redact.ts';
import { diskProblem } from '../lib/files/replace-file.ts';
import type { RequestContext } from '../lib/request-context.ts';
import { parseInput } from '../lib/validation.ts';

export interface DispatchParts {
  handlers: Handlers;
  log: Log;
  redactor: Redactor;
  /** Called after a command with the queries whose answers are now stale. */
  onTouched(operations: readonly string[]): void;
}

type AnyHandler = (input: unknown, context: RequestContext, streamListener?: StreamListener) => unknown;

/**
 * The single entry point of the core: validates the input, runs the handler, and converts every error to an
 * envelope.
 */
export class Dispatcher {
  readonly #parts: DispatchParts;

  constructor(parts: DispatchParts) {
    this.#parts = parts;
  }

  /** Never throws: a failure is an envelope with a code and a message, without a stack. */
  async dispatch<N extends OperationName>(
    name: N,
    input: unknown,
    context: RequestContext,
    streamListener?: StreamListener,
  ): Promise<Envelope<OperationOutput<N>>> {
    try {
      const operation = operations[name];
      if (operation.kind === 'stream' && !streamListener)
        throw new AppError('invalid_request', `${name} answers as a stream: request a stream`);
      checkKeys(input);
      const parsed = parseInput(operation.input, input ?? {});
      const handler = this.#parts.handlers[name] as AnyHandler;
      const data = (await handler(parsed, context, streamListener)) as OperationOutput<N>;
      if (operation.touches.length) this.#parts.onTouched(operation.touches);
      return { ok: true, data };
    } catch (error) {
      return { ok: false, error: this.toErrorInfo(error, context, name) };
    }
  }

  /** As `dispatch`, for an operation name from outside. */
  async dispatchUntrusted(
    name: string,
    input: unknown,
    context: RequestContext,
    streamListener?: StreamListener,
  ): Promise<Envelope<unknown>> {
    if (isOperationName(name)) return this.dispatch(name, input, context, streamListener);
    const near = suggest(name, Object.keys(operations));
    const error = new AppError(
      'unknown_route',
      `no operation is called "${name.slice(0, 100)}"${near ? `; did you mean "${near}"?` : ''}`,
    );
    return { ok: false, error: this.toErrorInfo(error, context, 'unknown') };
  }

  /**
   * Converts any thrown value to the error that the caller gets. Our own bugs are logged with their stack and
   * reported without it.
   */
  toErrorInfo(thrown: unknown, context: RequestContext, operation: string): ErrorInfo {
    const { log, redactor } = this.#parts;
    const error = diskProblem(thrown) ?? thrown;
    const request_id = context.requestId;
    if (error instanceof AppError) {
      log[errorStatus[error.code] >= 500 ? 'warn' : 'info'](
        { request_id, operation, code: error.code },
        error.message,
      );
      const details = error.details ? { details: redactor.redactDeep(error.details) } : {};
      return { code: error.code, message: redactor.redact(error.message), ...details, request_id };
    }
    log.error(
      { request_id, operation, err: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      'internal error',
    );
    return {
      code: 'internal_error',
      message: `the panel has an internal error; the log has the details under request id ${request_id}`,
      request_id,
    };
  }
}
