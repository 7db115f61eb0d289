import type { ChatRequest } from '../../../../contract/chat.ts';
import type { PackRequest } from '../../../../contract/prompt-pack.ts';
import type { BenchOverrides } from '../../../state/bench-handoff.ts';
import type { Target } from '../../../state/target.ts';
import type { DraftMessage } from './drafts.ts';

/** The request of Ctrl+Enter: a chat, or a prompt pack to fill in and send. */
export type BenchRequest = ChatRequest | PackRequest;

/** The content of the input, whatever the target. */
export type BenchInput =
  | { draft: readonly DraftMessage[]; overrides?: BenchOverrides }
  | { variables: Record<string, unknown>; overrides?: BenchOverrides };

export function isPackRequest(request: BenchRequest): request is PackRequest {
  return 'variables' in request;
}

/** Empty boxes are not sent. */
function messagesOf(draft: readonly DraftMessage[]): ChatRequest['messages'] {
  return draft.filter(({ text }) => text.trim() !== '').map(({ role, text }) => ({ role, content: text }));
}

function targetFields(target: Target) {
  return {
    ...(target.module !== null && { module: target.module }),
    ...(target.provider !== null && { provider: target.provider }),
    ...(target.provider !== null && target.model !== null && { model: target.model }),
    ...(target.provider === null && target.preset !== null && { preset: target.preset }),
  };
}

/** The call that Ctrl+Enter makes: to the picked provider, else to the module's preset. */
export function chatInput(target: Target, input: BenchInput): BenchRequest {
  const settings = { ...targetFields(target), ...input.overrides };
  if ('draft' in input) return { ...settings, messages: messagesOf(input.draft) };
  return { ...settings, module: target.module ?? '', variables: input.variables, send: true };
}

/**
 * The dry run shown beside the call. It is streamed like the call, since that changes the bytes. For the
 * stub, it is the request that the module's own model would get; without a module, the stub's own plan.
 */
export function planInput(target: Target, input: BenchInput): BenchRequest {
  const plannedTarget =
    target.provider === 'stub' && target.module !== null ? { ...target, provider: null } : target;
  return { ...chatInput(plannedTarget, input), stream: true, dry_run: true };
}
