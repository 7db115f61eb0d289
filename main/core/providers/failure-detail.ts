import type { TextDetail } from '../../../contract/coded-texts.ts';
import type { AppError } from '../lib/app-error.ts';
import { codedText, detailOf } from '../lib/coded-text.ts';
import { originOf } from '../net/origin.ts';
import { TransportError } from '../net/transport-error.ts';

/** Why a free request failed, as a code with values. A provider's own words stay as they are. */
export function failureDetail(
  error: TransportError | AppError,
  base: string,
  message = error.message,
): TextDetail {
  const origin = originOf(base) ?? base;
  if (error instanceof TransportError && error.upstreamCode === 'ECONNREFUSED')
    return detailOf(codedText('provider_check', 'refused', { origin }, message));
  return detailOf(codedText('provider_check', 'error', { error: error.code, message }, message));
}
