import { messages } from '../../messages.ts';

/** To be filled. */
export function Server() {
  return <h1 className="p-4 text-xl">{messages.frame.server}</h1>;
}
