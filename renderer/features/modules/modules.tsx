import { messages } from '../../messages.ts';

/** To be filled. */
export function Modules() {
  return <h1 className="p-4 text-xl">{messages.frame.modules}</h1>;
}
