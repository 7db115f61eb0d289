import { z } from 'zod';
import { fieldRules } from '../field-rules.ts';
import { operation } from './define.ts';

/** The live hook's state. Its token is never shown again. */
export const liveHook = z.object({
  on: z.boolean(),
  /** The project whose glossary, checks and memory it uses; null while it is off. */
  project: z.string().nullable(),
  /** Total limit in USD. */
  max_usd: z.number().nullable(),
  /** USD since it was turned on, including requests in progress or of unknown cost at their bound. */
  spent_usd: z.number(),
});
export type LiveHookView = z.infer<typeof liveHook>;

export const liveHookRequest = z.strictObject({
  /** The token from the address that `hook.on` returned. */
  token: z.string().max(200),
  from: z.string().max(100).optional(),
  to: z.string().max(100).optional(),
  text: z.string().min(1, fieldRules.has_text).max(10_000),
});
export type LiveHookRequest = z.infer<typeof liveHookRequest>;

const touched = ['hook.get'];

/** Translates lines of a running game on demand: XUnity.AutoTranslator's CustomTranslate. */
export const liveHookOperations = {
  'hook.get': operation('query', z.strictObject({}), liveHook),
  /** Turns it on for one project, with a new token; earlier addresses stop working. */
  'hook.on': operation(
    'command',
    z.strictObject({ project: z.string(), max_usd: z.number().nonnegative().max(1_000_000) }),
    z.object({
      ...liveHook.shape,
      /** `/hooks/<token>/xunity` on this server: shown once. */
      path: z.string(),
    }),
    touched,
  ),
  'hook.off': operation('command', z.strictObject({}), liveHook, touched),
  'hook.translate': operation('command', liveHookRequest, z.object({ text: z.string() }), touched),
};
