import type { Message } from '../../../contract/chat.ts';
import type { ParameterReport } from './params.ts';
import { reason } from './reason.ts';

const isSystem = ({ role }: Message) => role === 'system' || role === 'developer';

/**
 * The messages of a chat for protocols with separate system text that require a turn besides it. If there are
 * only system messages, the last one becomes the user's turn, because it contains the request.
 * @param list the path of the protocol's turns in the body (`/messages`)
 */
export function withUserTurn(messages: Message[], list: string, report: ParameterReport): Message[] {
  const last = messages.at(-1);
  if (!last || !messages.every(isSystem)) return messages;
  const why = reason(
    'system_sent_as_user',
    {},
    'this protocol takes no conversation of system messages alone: the last one is sent as the user’s',
  );
  report.rewrite(`${list}/0/role`, `messages[${messages.length - 1}] (${last.role})`, 'user', why);
  return [...messages.slice(0, -1), { ...last, role: 'user' }];
}
