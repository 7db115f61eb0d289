import { z } from 'zod';
import { noticeFields } from '../coded-texts.ts';
import { generationOptions } from '../module-preset.ts';
import { moduleView, providerView } from '../provider.ts';
import { runtimeAdapter, runtimeRegistration } from '../runtime-adapter.ts';
import { operation } from './define.ts';

export const registryView = z.object({
  providers: z.array(providerView),
  defaults: z.object({
    provider: z.string(),
    model: z.string(),
    options: generationOptions,
    modules: z.record(z.string(), moduleView),
  }),
  runtime: z.array(runtimeAdapter),
  features: z.record(z.string(), z.unknown()),
  /**
   * Origins in private ranges that may be the user's own network, with the providers there; the user is asked
   * once.
   */
  networks: z.array(z.object({ origin: z.string(), providers: z.array(z.string()) })),
  /**
   * Files that could not be read and names that no longer exist: each with the file or variable, and what to
   * do.
   */
  ...noticeFields,
});
export type RegistryView = z.infer<typeof registryView>;

export const registryOperations = {
  'registry.get': operation('query', z.strictObject({ diagnostics: z.boolean().optional() }), registryView),
  'registry.refresh': operation('command', z.strictObject({}), registryView, [
    'registry.get',
    'server.status',
  ]),
};

const touched = ['runtime.list', 'registry.get'];

export const runtimeOperations = {
  'runtime.list': operation('query', z.strictObject({}), z.object({ adapters: z.array(runtimeAdapter) })),
  'runtime.register': operation(
    'command',
    runtimeRegistration,
    // What was put right about it, each with its place.
    z.object({ adapter: runtimeAdapter, ...noticeFields }),
    touched,
  ),
  'runtime.remove': operation('command', z.strictObject({ id: z.string() }), z.object({}), touched),
};
