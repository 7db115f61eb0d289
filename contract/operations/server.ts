import { z } from 'zod';
import { noticeDetail, noticeFields } from '../coded-texts.ts';
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

/** Where the API listens; `error` if it could not, with a free port instead. */
export const serverStatus = z.object({
  state: z.enum(['starting', 'running', 'stopping', 'stopped', 'failed']),
  listening: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string(), try_port: z.number().nullable() }).nullable(),
  /** Where the panel saves keys: a keyring's name, or `session` (memory only). */
  key_store: z.string(),
  runtime_root: z.string(),
  /** Set when the window runs on the development Electron, which is not for everyday use. */
  fallback_runtime: z.string().nullable(),
  host: z.enum(['desktop', 'headless']),
  version: z.string(),
  /** Problems, for example with the database: what is wrong, and its consequences. */
  ...noticeFields,
});
export type ServerStatus = z.infer<typeof serverStatus>;

/** One feature flag: known to us, or only found in the file. */
const flagView = z.object({
  name: z.string(),
  enabled: z.boolean(),
  /** The value in the file; absent if the file has none. */
  value: z.unknown().optional(),
  known: z.boolean(),
  /** Precedence: environment, then file, then off. */
  source: z.enum(['environment', 'file', 'default']),
  /** The variable that sets it, if any. */
  variable: z.string().nullable(),
  /** The providers that it enables. */
  providers: z.array(z.string()),
});
export type FlagView = z.infer<typeof flagView>;

const flags = z.object({
  features: z.record(z.string(), z.unknown()),
  file: z.string(),
  flags: z.array(flagView),
  warning: z.string().nullable(),
  /** The same by `file_problem` in `coded-texts.ts`. */
  warning_detail: noticeDetail.optional(),
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
  /** Starts the API at its last or configured address. */
  'server.start': operation('command', none, serverStatus, moved),
  /** Calls in progress are answered first, for at most ten seconds. */
  'server.stop': operation('command', none, serverStatus, moved),
  'server.configure': operation('command', accessChange, serverAccess, moved),
  /**
   * Creates a token for this session and copies it to the clipboard, without returning it; `false` removes
   * the token.
   */
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
