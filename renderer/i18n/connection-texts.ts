import type { ConnectionCode, ConnectionValues } from '../../contract/connection-failure.ts';

/** Why no reply came, and what to try; null if the advice for the error's code says it. */
export interface ConnectionText {
  text: string;
  hint: string | null;
}

/** The core's failed connections in a language other than English, which is the core's own. */
export type ConnectionTexts = { [C in ConnectionCode]: (values: ConnectionValues[C]) => ConnectionText };
