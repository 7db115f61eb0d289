import { z } from 'zod';
import { diagnostics, providerEntry } from '../provider.ts';
import { meterLimits, providerLimits } from '../settings.ts';
import { change, leftOut } from '../user-preset.ts';
import { operation } from './define.ts';

const touched = ['providers.get', 'registry.get', 'server.status'];
const named = z.strictObject({ name: z.string() });
const warnings = z.array(z.string());

const save = z.strictObject({
  provider: providerEntry,
  /** Of what `providers.get` left out, the places that are to go; the rest stays as it is in the file. */
  forget: z.array(z.string()).default([]),
});

const written = z.object({
  name: z.string(),
  file: z.string(),
  change,
  left_out: z.array(leftOut),
  warnings,
});

export const providerOperations = {
  /** The entry as its file has it, or would; what holds a credential is left out and comes back when it is saved. */
  'providers.get': operation(
    'query',
    named,
    z.object({
      provider: providerEntry,
      origin: z.enum(['built-in', 'comfyvn', 'user']),
      file: z.string().nullable(),
      /** What it would be again without the user's own file; null where it would be gone. */
      beneath: z.enum(['built-in', 'comfyvn']).nullable(),
      /** The file with what was taken over from its own model list. */
      overlay: z.string().nullable(),
      left_out: z.array(leftOut),
    }),
  ),
  /** What a provider takes a minute: as the user has set it, and as its replies have named it, by model. */
  'providers.limits': operation(
    'query',
    named,
    z.object({
      configured: providerLimits,
      learned: z.array(z.object({ model: z.string(), limits: meterLimits })),
    }),
  ),
  /** One free request to one provider or runtime adapter; a command, since it goes out. */
  'providers.check': operation('command', named, z.object({ name: z.string(), diagnostics })),
  /** Marks an origin as the person's own network, where providers are local, or as none: then nobody asks again. */
  'providers.ownNetwork': operation(
    'command',
    z.strictObject({ origin: z.string(), own: z.boolean() }),
    z.object({ origin: z.string(), own: z.boolean(), providers: z.array(z.string()) }),
    [...touched, 'settings.get'],
  ),
  'providers.save': operation('command', save, written, touched),
  'providers.remove': operation('command', named, z.object({ change, warnings }), touched),
  'providers.keep': operation(
    'command',
    z.strictObject({ id: z.string(), name: z.string().optional() }),
    written,
    [...touched, 'runtime.list'],
  ),
  'providers.undo': operation(
    'command',
    z.strictObject({ change: z.string().optional() }),
    z.object({ undone: change, warnings }),
    [...touched, 'runtime.list', 'presets.list'],
  ),
};
