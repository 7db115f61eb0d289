import { z } from 'zod';

/** The live hook as it stands. Its token is never shown again. */
export const liveHook = z.object({
  on: z.boolean(),
  /** The project whose glossary, checks and memory it uses; null while it is off. */
  project: z.string().nullable(),
  /** USD that it may cost in all. */
  max_usd: z.number().nullable(),
  /** USD since it was switched on, with what is under way or unknown at its bound. */
  spent_usd: z.number(),
});
export type LiveHookView = z.infer<typeof liveHook>;

export const liveHookRequest = z.strictObject({
  /** Of the address that `hook.on` gave. */
  token: z.string().max(200),
  from: z.string().max(100).optional(),
  to: z.string().max(100).optional(),
  text: z.string().min(1, 'there is no text').max(10_000),
});
export type LiveHookRequest = z.infer<typeof liveHookRequest>;
