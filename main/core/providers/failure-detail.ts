import type { TextDetail } from '../../../contract/coded-texts.ts';
import type { AppError } from '../lib/app-error.ts';
import { codedText, detailOf } from '../lib/coded-text.ts';
import type { TransportError } from '../net/transport-error.ts';

/** Why a free request failed, as a code with values. A provider's own words stay as they are. */
export function failureDetail(error: TransportError | AppError, message = error.message): TextDetail {
  return detailOf(codedText('provider_check', 'error', { error: error.code, message }, message));
}
