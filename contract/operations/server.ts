import { z } from 'zod';
import { logEnd, logRequest } from '../log-line.ts';
import { accessChange, connectResult, connectTest, endpoint, serverAccess } from '../server-access.ts';
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
  state: z.enum(['starting', 'running', 'stopping', 'stopped', 'failed']),
  listening: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string(), try_port: z.number().nullable() }).nullable(),
  /** Where keys saved in the panel go: a keyring's name, `session` (memory only). */
  key_store: z.string(),
  runtime_root: z.string(),
  /** Set when the window runs on the development Electron, which is not for everyday use. */
  fallback_runtime: z.string().nullable(),
  host: z.enum(['desktop', 'headless']),
  version: z.string(),
  /** What does not work as it should, as the database: what, and what follows from it. */
  warnings: z.array(z.string()),
});
export type ServerStatus = z.infer<typeof serverStatus>;

/** One feature flag: of a kind we know, or only found in the file. */
const flagView = z.object({
  name: z.string(),
  enabled: z.boolean(),
  /** What the file says; absent where it says nothing. */
  value: z.unknown().optional(),
  known: z.boolean(),
  /** The environment wins over the file, and the file over off. */
  source: z.enum(['environment', 'file', 'default']),
  /** The variable that decides, where one does. */
  variable: z.string().nullable(),
  /** Whom it enables. */
  providers: z.array(z.string()),
});
export type FlagView = z.infer<typeof flagView>;

const flags = z.object({
  features: z.record(z.string(), z.unknown()),
  file: z.string(),
  flags: z.array(flagView),
  warning: z.string().nullable(),
});

const none = z.strictObject({});
const moved = ['server.status', 'server.access', 'server.endpoints'];

export const serverOperations = {
  'server.health': operation('query', none, health),
  'server.status': operation('query', none, serverStatus),
  'server.access': operation('query', none, serverAccess),
  'server.endpoints': operation('query', none, z.object({ endpoints: z.array(endpoint) })),
  'server.listen': operation(
    'command',
    z.strictObject({ port: z.number().int().min(1).max(65535) }),
    serverStatus,
    moved,
  ),
  /** Opens the API where it was, or where it is to be. */
  'server.start': operation('command', none, serverStatus, moved),
  /** Calls under way are answered first, for ten seconds at most. */
  'server.stop': operation('command', none, serverStatus, moved),
  'server.configure': operation('command', accessChange, serverAccess, moved),
  /** A token for this session, put on the clipboard and returned to no caller; `false` removes the token. */
  'server.requireToken': operation('command', z.strictObject({ required: z.boolean() }), serverAccess, moved),
  'server.connectTest': operation('command', connectTest, connectResult),
  'log.follow': operation('stream', logRequest, logEnd),
  'features.get': operation('query', none, flags),
  'features.set': operation('command', z.strictObject({ flag: z.string(), enabled: z.boolean() }), flags, [
    'features.get',
    'registry.get',
    'server.endpoints',
  ]),
};
