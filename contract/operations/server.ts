import { z } from 'zod';
import { operation } from './define.ts';

export const health = z.object({
  service: z.literal('comfyvn-llm-panel'),
  version: z.string(),
  uptime_s: z.number(),
  providers: z.number(),
  listening: z.string().nullable(),
});
export type Health = z.infer<typeof health>;

/** Where the API listens; `error` when it could not, with the port that was free instead. */
export const serverStatus = z.object({
  listening: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string(), try_port: z.number().nullable() }).nullable(),
  /** Where keys saved in the panel go: a keyring's name, `session` (memory only). */
  key_store: z.string(),
  runtime_root: z.string(),
  /** Set when the window runs on the development Electron, which is not for everyday use. */
  fallback_runtime: z.string().nullable(),
  host: z.enum(['desktop', 'headless']),
  version: z.string(),
});
export type ServerStatus = z.infer<typeof serverStatus>;

const flags = z.object({ features: z.record(z.string(), z.unknown()), file: z.string() });

export const serverOperations = {
  'server.health': operation('query', z.strictObject({}), health),
  'server.status': operation('query', z.strictObject({}), serverStatus),
  'server.listen': operation(
    'command',
    z.strictObject({ port: z.number().int().min(1).max(65535) }),
    serverStatus,
    ['server.status'],
  ),
  'features.get': operation('query', z.strictObject({}), flags),
  'features.set': operation('command', z.strictObject({ flag: z.string(), enabled: z.boolean() }), flags, [
    'features.get',
    'registry.get',
  ]),
};
