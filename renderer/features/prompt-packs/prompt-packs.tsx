import { messages } from '../../messages.ts';

/** To be filled. */
export function PromptPacks() {
  return <h1 className="p-4 text-xl">{messages.frame.promptPacks}</h1>;
}
