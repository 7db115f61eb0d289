import { z } from 'zod';

/** Where a value comes from; each wins over those after it. */
const source = z.enum(['flag', 'environment', 'settings', 'default']);
export type AccessSource = z.infer<typeof source>;

/** Where the API listens and who may call it. Never the token itself. */
export const serverAccess = z.object({
  host: z.object({ value: z.string(), source }),
  /** Asked for at the next start; 0 takes a free one. */
  port: z.object({ value: z.number().int(), source }),
  /** Pages of these origins may call beside the server's own. */
  allowed_origins: z.object({ values: z.array(z.string()), source }),
  /** Further names a caller may use for this server; only the environment sets them. */
  allowed_hosts: z.array(z.string()),
  token: z.object({
    /** Whether every route but `/health` asks for one. */
    required: z.boolean(),
    /** `session`: made by the panel, gone when it is closed. */
    source: z.enum(['environment', 'session', 'none']),
    /** Whether one can be made and copied here. */
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

/** One route of the API, and lines that call it, for a POSIX shell and for PowerShell. */
export const endpoint = z.object({
  method: z.string(),
  path: z.string(),
  summary: z.string(),
  /** What it belongs to. */
  group: z.string(),
  /** The flags any of which turns it on; empty where none is needed. */
  flags: z.array(z.string()),
  on: z.boolean(),
  /** Whether a call needs the token. */
  token: z.boolean(),
  curl: z.string(),
  powershell: z.string(),
});
export type Endpoint = z.infer<typeof endpoint>;

const comfyvnAdapter = z.enum(['proxy', 'openai_compat']);
export type ComfyvnAdapter = z.infer<typeof comfyvnAdapter>;

export const connectTest = z.strictObject({ adapter: comfyvnAdapter.default('proxy') });

/** What went over between ComfyVN's adapter, played by us, and our own address. */
export const connectResult = z.object({
  adapter: comfyvnAdapter,
  request: z.object({
    method: z.string(),
    url: z.string(),
    /** A token stands as `$VARIABLE`. */
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
  response: z.object({
    status: z.number().int(),
    request_id: z.string().nullable(),
    body: z.string(),
  }),
  /** As ComfyVN's adapter reads it; null where it finds none. */
  reply: z.string().nullable(),
  /** The reply is the line that was sent, as the stub answers. */
  proved: z.boolean(),
  ms: z.number(),
});
export type ConnectResult = z.infer<typeof connectResult>;
