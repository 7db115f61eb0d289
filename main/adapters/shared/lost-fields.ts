import type { Message } from '../../../contract/chat.ts';
import type { Reason } from '../../../contract/reasons.ts';
import type { ParameterReport } from './params.ts';

/**
 * Reports every set field of the caller's message `index` that the protocol does not support, as
 * `messages[2].name`.
 */
export function loseFields(
  message: Message,
  index: number,
  carried: readonly string[],
  why: Reason,
  report: ParameterReport,
): void {
  for (const [name, value] of Object.entries(message)) {
    if (value === undefined || value === null || carried.includes(name)) continue;
    report.lose(`messages[${index}].${name}`, why);
  }
}
