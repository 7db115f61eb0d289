import type { ChatResult } from '../../adapters/define.ts';

const partials = new WeakMap<object, ChatResult>();

/** Notes what of a reply had come when its call failed: the provider bills that all the same. */
export function withPartial<E extends object>(error: E, partial: ChatResult | undefined): E {
  if (partial) partials.set(error, partial);
  return error;
}

/** What had come before this error; undefined where nothing had. */
export function partialOf(error: unknown): ChatResult | undefined {
  return typeof error === 'object' && error !== null ? partials.get(error) : undefined;
}
