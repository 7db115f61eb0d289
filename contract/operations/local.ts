import { z } from 'zod';
import { localModels, localServers } from '../local-servers.ts';
import { operation } from './define.ts';

export const localOperations = {
  /**
   * Queries only loopback addresses, one second each. A command because it sends requests; it changes
   * nothing.
   */
  'local.find': operation('command', z.strictObject({}), localServers),
  /**
   * Queries one local provider or runtime adapter for its models, three seconds at most. A command because it
   * sends requests. A server that does not answer is a status, not an error.
   */
  'local.models': operation('command', z.strictObject({ provider: z.string() }), localModels),
};
