import { z } from 'zod';
import { credentialState } from '../provider.ts';
import { change } from '../user-preset.ts';
import { operation } from './define.ts';

const touched = ['keys.list', 'registry.get', 'server.status'];
const named = z.strictObject({ provider: z.string() });

/** Where keys saved in the panel go. */
export const keyStore = z.object({
  /** A keyring's name, `passphrase file`, or `session`: in memory only. */
  name: z.string(),
  /** Saved keys outlive the process. */
  lasting: z.boolean(),
});

const saved = z.object({
  provider: z.string(),
  store: keyStore,
  credentials: credentialState,
  change,
});

export const keyOperations = {
  /** Decrypts what is saved, where that was not needed before. */
  'keys.list': operation(
    'query',
    z.strictObject({}),
    z.object({
      store: keyStore,
      keys: z.array(z.object({ provider: z.string(), credentials: credentialState })),
      /** What was found wrong with the store's file or variables, and what was done about it. */
      warnings: z.array(z.string()),
    }),
  ),
  /** Saves a key for a provider and the origin its base URL has now. The key crosses here once and never comes back. */
  'keys.set': operation(
    'command',
    named.extend({
      key: z.string().max(8192),
      /** A saved key that cannot be decrypted is replaced on this word only. */
      replace_locked: z.boolean().default(false),
    }),
    saved,
    touched,
  ),
  'keys.remove': operation('command', named, saved, touched),
  'keys.undo': operation(
    'command',
    z.strictObject({ change: z.string().optional() }),
    z.object({ undone: change, warnings: z.array(z.string()) }),
    touched,
  ),
};
