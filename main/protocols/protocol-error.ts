import type { ErrorCode, ErrorInfo } from '../../contract/errors.ts';

/** A request that is not translated. It carries what the errors of every route carry. */
export class ProtocolError extends Error {
  readonly code: ErrorCode;
  /** The field at fault, as the caller wrote it: `input[2].type`. Empty for the whole body. */
  readonly param: string;

  constructor(code: ErrorCode, param: string, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
    this.param = param;
  }

  /** In the shape that `toError` takes, and that other routes answer with. */
  toErrorInfo(requestId: string): ErrorInfo {
    const { code, message, param } = this;
    return { code, message, details: { fields: [{ path: param, message }] }, request_id: requestId };
  }
}
