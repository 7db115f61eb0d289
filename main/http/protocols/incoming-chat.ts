import { isObject } from '../../core/lib/json.ts';
import { checkKeys } from '../../core/lib/check-keys.ts';
import { AppError } from '../../core/lib/app-error.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Incoming } from '../../protocols/define.ts';
import { ProtocolError } from '../../protocols/protocol-error.ts';
import { keyHeaders } from '../guard.ts';
import type { HttpCall } from '../http-call.ts';
import { readInput } from '../read-input.ts';

/** Requests a dry run in protocols without a field for it. */
const dryRunHeader = 'x-comfyvn-dry-run';

export function wantsDryRun({ incoming }: HttpCall): boolean {
  const value = incoming.headers[dryRunHeader];
  return typeof value === 'string' && !['', '0', 'false', 'no'].includes(value.trim().toLowerCase());
}

/** The model that the body or the URL names, if it is a string. */
function modelIn(body: unknown): string | undefined {
  const model = isObject(body) ? body['model'] : undefined;
  return typeof model === 'string' && model !== '' ? model : undefined;
}

const credentials: ReadonlySet<string> = new Set(['authorization', 'cookie', ...keyHeaders]);

/**
 * Reads a request in another provider's protocol. The provider is resolved first, because some fields are
 * sent only to providers that support them. Credentials are removed: only our guard uses them.
 * @throws AppError what `readInput` and `checkKeys` throw
 */
export async function readIncoming(
  call: HttpCall,
  address: Pick<Incoming, 'model' | 'stream'> = {},
): Promise<Incoming> {
  const { core, incoming, items, query } = call;
  const body = await readInput(incoming);
  checkKeys(body);
  const adapter = core.adapterOf(address.model ?? modelIn(body));
  const headers = Object.entries(incoming.headers).filter(([name]) => !credentials.has(name));
  return {
    body,
    query,
    headers: Object.fromEntries(headers),
    itemById: (id) => items.get(id),
    ...(adapter ? { adapter } : {}),
    ...address,
  };
}

/** Converts an error of a protocol or the core to the error that the caller gets. */
export function errorInfoOf(call: HttpCall, error: unknown, operation: string): ErrorInfo {
  const { core, context } = call;
  if (!(error instanceof ProtocolError)) return core.dispatcher.toErrorInfo(error, context, operation);
  const { code, message, details } = error.toErrorInfo(context.requestId);
  return core.dispatcher.toErrorInfo(new AppError(code, message, details), context, operation);
}
