import { z } from 'zod';
import { noticeFields } from '../coded-texts.ts';
import { credentialState, diagnostics, listedKey } from '../provider.ts';
import { change } from '../user-preset.ts';
import { operation } from './define.ts';

const touched = ['keys.list', 'registry.get', 'server.status'];
const named = z.strictObject({ provider: z.string() });
const label = z.string().trim().max(60);
/** One of the provider's keys: an `id` from `keys.list`. */
const id = z.string();

/** Where the panel saves keys. */
export const keyStore = z.object({
  /** A keyring's name, `passphrase file`, or `session`: in memory only. */
  name: z.string(),
  /** True if saved keys outlive the process. */
  lasting: z.boolean(),
});

const saved = z.object({
  provider: z.string(),
  /** The changed key. */
  id,
  store: keyStore,
  credentials: credentialState,
  change,
});

export const keyOperations = {
  /** Decrypts saved keys that were not needed before. */
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
      /** Problems with the store's file or variables, and how they were handled. */
      ...noticeFields,
    }),
  ),
  /**
   * Saves a key for a provider and the current origin of its base URL. The key is sent only in this
   * direction.
   */
  'keys.set': operation(
    'command',
    named.extend({
      key: z.string().max(8192),
      /** Confirms replacing a saved key that cannot be decrypted. */
      replace_locked: z.boolean().default(false),
      /** The saved key to replace; the first one if absent. */
      id: id.optional(),
      /** The new label; unchanged if absent. */
      label: label.optional(),
    }),
    saved,
    touched,
  ),
  /** Saves an additional key. */
  'keys.add': operation(
    'command',
    named.extend({ key: z.string().max(8192), label: label.default('') }),
    saved,
    touched,
  ),
  /** Changes a saved key's label; an empty label removes it. */
  'keys.rename': operation('command', named.extend({ id, label }), saved, touched),
  /** Removes a saved key; without an `id` the first one. */
  'keys.remove': operation('command', named.extend({ id: id.optional() }), saved, touched),
  /** Requests the provider's free model list with one of its keys; a key that is accepted is in use again. */
  'keys.check': operation('command', named.extend({ id }), z.object({ id, diagnostics }), [
    'keys.list',
    'registry.get',
  ]),
  'keys.undo': operation(
    'command',
    z.strictObject({ change: z.string().optional() }),
    z.object({ undone: change, ...noticeFields }),
    touched,
  ),
};
