import { z } from 'zod';
import { credentialState, diagnostics, listedKey } from '../provider.ts';
import { change } from '../user-preset.ts';
import { operation } from './define.ts';

const touched = ['keys.list', 'registry.get', 'server.status'];
const named = z.strictObject({ provider: z.string() });
const label = z.string().trim().max(60);
/** Which of the provider's keys: an `id` out of `keys.list`. */
const id = z.string();

/** Where keys saved in the panel go. */
export const keyStore = z.object({
  /** A keyring's name, `passphrase file`, or `session`: in memory only. */
  name: z.string(),
  /** Saved keys outlive the process. */
  lasting: z.boolean(),
});

const saved = z.object({
  provider: z.string(),
  /** Which key was changed. */
  id,
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
      keys: z.array(
        z.object({
          provider: z.string(),
          credentials: credentialState,
          /** All keys of the provider, in the order in which a call without module or project tries them. */
          pool: z.array(listedKey),
        }),
      ),
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
      /** Which saved key is replaced; absent: the first one. */
      id: id.optional(),
      /** What it is called from now on; absent: as before. */
      label: label.optional(),
    }),
    saved,
    touched,
  ),
  /** Saves a further key beside those there are. */
  'keys.add': operation(
    'command',
    named.extend({ key: z.string().max(8192), label: label.default('') }),
    saved,
    touched,
  ),
  /** Changes what a saved key is called; an empty label takes it away. */
  'keys.rename': operation('command', named.extend({ id, label }), saved, touched),
  /** Takes a saved key away; without an `id` the first one. */
  'keys.remove': operation('command', named.extend({ id: id.optional() }), saved, touched),
  /** Asks for the provider's free model list with one of its keys; one that is taken is in use again. */
  'keys.check': operation('command', named.extend({ id }), z.object({ id, diagnostics }), [
    'keys.list',
    'registry.get',
  ]),
  'keys.undo': operation(
    'command',
    z.strictObject({ change: z.string().optional() }),
    z.object({ undone: change, warnings: z.array(z.string()) }),
    touched,
  ),
};
