import { z } from 'zod';
import { adapterName } from './provider.ts';

/** One address on this machine that was asked for its models. */
export const localServer = z.object({
  /** The provider or runtime adapter that has this address; null for a usual address that none has. */
  provider: z.string().nullable(),
  label: z.string(),
  adapter: adapterName,
  base_url: z.string(),
  status: z.enum(['found', 'nothing', 'error']),
  latency_ms: z.number().nullable(),
  /** As the server names them. */
  models: z.array(z.string()),
  message: z.string(),
});
export type LocalServer = z.infer<typeof localServer>;

/** What a local provider has installed or loaded, as it names it. */
export const localModels = localServer.pick({ status: true, models: true, message: true });
export type LocalModels = z.infer<typeof localModels>;

export const localServers = z.object({ servers: z.array(localServer) });
export type LocalServers = z.infer<typeof localServers>;
