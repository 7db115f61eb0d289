import { z } from 'zod';
import { textDetail } from './coded-texts.ts';
import { connectionFailure } from './connection-failure.ts';
import { adapterName } from './provider.ts';

/** One address on this machine that was queried for its models. */
export const localServer = z.object({
  /** The provider or runtime adapter with this address; null for a default address that none has. */
  provider: z.string().nullable(),
  label: z.string(),
  adapter: adapterName,
  base_url: z.string(),
  status: z.enum(['found', 'nothing', 'error']),
  latency_ms: z.number().nullable(),
  /** The status of its answer; null if nothing answered. A server that asks for a key answers 401 or 403. */
  http_status: z.number().nullable(),
  /** Under the server's names. */
  models: z.array(z.string()),
  /** In English; why it did not answer also as a code of `provider_check` in `coded-texts.ts`. */
  message: z.string(),
  message_detail: textDetail.optional(),
  /** The code and values of `message`, if no reply came. */
  connection: connectionFailure.optional(),
});
export type LocalServer = z.infer<typeof localServer>;

/** The models that a local provider has installed or loaded, under its names. */
export const localModels = localServer.pick({
  status: true,
  http_status: true,
  models: true,
  message: true,
  message_detail: true,
  connection: true,
});
export type LocalModels = z.infer<typeof localModels>;

export const localServers = z.object({ servers: z.array(localServer) });
export type LocalServers = z.infer<typeof localServers>;
