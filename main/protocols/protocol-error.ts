import type { ErrorCode, ErrorInfo } from '../../contract/errors.ts';

/** A request that cannot be translated, with the data that the errors of every route contain. */
export class ProtocolError extends Error {
  readonly code: ErrorCode;
  /** The invalid field, as the caller wrote it: `input[2].type`. Empty for the whole body. */
  readonly param: string;

  constructor(code: ErrorCode, param: string, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
    this.param = param;
  }

  /** The error as `toError` and other routes expect it. */
  toErrorInfo(requestId: string): ErrorInfo {
    const { code, message, param } = this;
    return { code, message, details: { fields: [{ path: param, message }] }, request_id: requestId };
  }
}
