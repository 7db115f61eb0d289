import { messages } from '../../messages.ts';

/** To be filled. */
export function History() {
  return <h1 className="p-4 text-xl">{messages.frame.history}</h1>;
}
