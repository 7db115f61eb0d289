import { z } from 'zod';

/** The source of a value, in order of precedence. */
const source = z.enum(['flag', 'environment', 'settings', 'default']);
export type AccessSource = z.infer<typeof source>;

/** Where the API listens and who may call it. Never contains the token. */
export const serverAccess = z.object({
  host: z.object({ value: z.string(), source }),
  /** The port for the next start; 0 takes a free one. */
  port: z.object({ value: z.number().int(), source }),
  /** Pages of these origins may call, in addition to the server's own. */
  allowed_origins: z.object({ values: z.array(z.string()), source }),
  /** Additional host names for this server; only the environment sets them. */
  allowed_hosts: z.array(z.string()),
  token: z.object({
    /** Whether every route except `/health` requires a token. */
    required: z.boolean(),
    /** `session`: created by the panel, discarded when it closes. */
    source: z.enum(['environment', 'session', 'none']),
    /** Whether a token can be created and copied here. */
    can_make: z.boolean(),
  }),
});
export type ServerAccess = z.infer<typeof serverAccess>;

export const accessChange = z.strictObject({
  host: z.string().trim().min(1).max(253).optional(),
  port: z.number().int().min(1).max(65535).optional(),
  allowed_origins: z.array(z.string().trim().min(1).max(300)).max(50).optional(),
});
export type AccessChange = z.infer<typeof accessChange>;

/** One route of the API, with example commands for a POSIX shell and for PowerShell. */
export const endpoint = z.object({
  method: z.string(),
  path: z.string(),
  summary: z.string(),
  /** Its section in the list. */
  group: z.string(),
  /** Flags, any of which enables it; empty if it needs none. */
  flags: z.array(z.string()),
  on: z.boolean(),
  /** Whether a call requires the token. */
  token: z.boolean(),
  curl: z.string(),
  powershell: z.string(),
});
export type Endpoint = z.infer<typeof endpoint>;

const comfyvnAdapter = z.enum(['proxy', 'openai_compat']);
export type ComfyvnAdapter = z.infer<typeof comfyvnAdapter>;

export const connectTest = z.strictObject({ adapter: comfyvnAdapter.default('proxy') });

/** The exchange between ComfyVN's adapter, simulated by us, and our own address. */
export const connectResult = z.object({
  adapter: comfyvnAdapter,
  request: z.object({
    method: z.string(),
    url: z.string(),
    /** A token is shown as `$VARIABLE`. */
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
  response: z.object({
    status: z.number().int(),
    request_id: z.string().nullable(),
    body: z.string(),
  }),
  /** As ComfyVN's adapter reads it; null if it finds none. */
  reply: z.string().nullable(),
  /** True if the reply equals the message that was sent, as the stub answers. */
  proved: z.boolean(),
  ms: z.number(),
});
export type ConnectResult = z.infer<typeof connectResult>;
