import type { ChatRequest } from '../../../../contract/chat.ts';
import type { Target } from '../../../state/target.ts';
import type { DraftMessage } from './drafts.ts';

/** Empty boxes are not sent. */
function spoken(draft: readonly DraftMessage[]): ChatRequest['messages'] {
  return draft.filter(({ text }) => text.trim() !== '').map(({ role, text }) => ({ role, content: text }));
}

/** The call that Ctrl+Enter makes: to the picked provider, else to the module's preset. */
export function chatInput(target: Target, draft: readonly DraftMessage[]): ChatRequest {
  return {
    messages: spoken(draft),
    ...(target.module !== null && { module: target.module }),
    ...(target.provider !== null && { provider: target.provider }),
    ...(target.provider !== null && target.model !== null && { model: target.model }),
    ...(target.provider === null && target.preset !== null && { preset: target.preset }),
  };
}

/**
 * The dry run beside it: that of a streamed call, since that is what Send makes and its bytes differ.
 * The stub answers for a module, but what a modder wants to see is what the module's own model would get;
 * without a module the stub's own plan is all there is.
 */
export function planInput(target: Target, draft: readonly DraftMessage[]): ChatRequest {
  const shown = target.provider === 'stub' && target.module !== null ? { ...target, provider: null } : target;
  return { ...chatInput(shown, draft), stream: true, dry_run: true };
}
