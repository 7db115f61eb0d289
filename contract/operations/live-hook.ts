import { z } from 'zod';
import { liveHook, liveHookRequest } from '../live-hook.ts';
import { operation } from './define.ts';

const touched = ['hook.get'];

/** Lines of a running game, translated as they come up: XUnity.AutoTranslator's CustomTranslate. */
export const liveHookOperations = {
  'hook.get': operation('query', z.strictObject({}), liveHook),
  /** Switches it on for one project, with a new token; an older address is worth nothing from then on. */
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
