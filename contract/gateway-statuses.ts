// Without zod, because the panel loads this file.

/** These HTTP statuses mean that a gateway stopped waiting; the model behind it may still have done the work. */
export const gatewayGaveUp: ReadonlySet<number> = new Set([408, 502, 504, 524]);
