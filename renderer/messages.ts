import { benchMessages } from './messages/bench-messages.ts';
import { callMessages } from './messages/call-messages.ts';
import { frameMessages } from './messages/frame-messages.ts';
import { keyMessages } from './messages/key-messages.ts';

/**
 * The strings that the first script needs, in English; every other place brings its own part of `messages/`.
 * A further language is a second set of tables of the same types.
 */
export const messages = {
  ...frameMessages,
  ...benchMessages,
  ...callMessages,
  ...keyMessages,
};
