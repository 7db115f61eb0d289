import { z } from 'zod';
import { noticeFields } from '../coded-texts.ts';
import { diagnostics, providerEntry } from '../provider.ts';
import { meterLimits, providerLimits } from '../settings.ts';
import { change, hiddenField } from '../user-preset.ts';
import { operation } from './define.ts';

const touched = ['providers.get', 'registry.get', 'server.status'];
const named = z.strictObject({ name: z.string() });

const save = z.strictObject({
  provider: providerEntry,
  /** Fields hidden by `providers.get` that should be removed; the others stay in the file. */
  forget: z.array(z.string()).default([]),
});

const written = z.object({
  name: z.string(),
  file: z.string(),
  change,
  left_out: z.array(hiddenField),
  ...noticeFields,
});

export const providerOperations = {
  /**
   * The entry as its file has it, or would have it. Fields with credentials are hidden, and preserved when it
   * is saved.
   */
  'providers.get': operation(
    'query',
    named,
    z.object({
      provider: providerEntry,
      origin: z.enum(['built-in', 'comfyvn', 'user']),
      file: z.string().nullable(),
      /** The source of the provider without the user's own file; null if it would not exist. */
      beneath: z.enum(['built-in', 'comfyvn']).nullable(),
      /** The file with facts accepted from its own model list. */
      overlay: z.string().nullable(),
      left_out: z.array(hiddenField),
    }),
  ),
  /** A provider's limits per minute: as set by the user, and as reported in its replies, by model. */
  'providers.limits': operation(
    'query',
    named,
    z.object({
      configured: providerLimits,
      learned: z.array(z.object({ model: z.string(), limits: meterLimits })),
    }),
  ),
  /** One free request to one provider or runtime adapter. A command because it sends requests. */
  'providers.check': operation('command', named, z.object({ name: z.string(), diagnostics })),
  /**
   * Marks an origin as the user's own network, where providers are local, or as not: then the user is not
   * asked again.
   */
  'providers.ownNetwork': operation(
    'command',
    z.strictObject({ origin: z.string(), own: z.boolean() }),
    z.object({ origin: z.string(), own: z.boolean(), providers: z.array(z.string()) }),
    [...touched, 'settings.get'],
  ),
  'providers.save': operation('command', save, written, touched),
  'providers.remove': operation('command', named, z.object({ change, ...noticeFields }), touched),
  'providers.keep': operation(
    'command',
    z.strictObject({ id: z.string(), name: z.string().optional() }),
    written,
    [...touched, 'runtime.list'],
  ),
  'providers.undo': operation(
    'command',
    z.strictObject({ change: z.string().optional() }),
    z.object({ undone: change, ...noticeFields }),
    [...touched, 'runtime.list', 'presets.list'],
  ),
};
