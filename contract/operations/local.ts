import { z } from 'zod';
import { localModels, localServers } from '../local-servers.ts';
import { operation } from './define.ts';

export const localOperations = {
  /** Asks loopback addresses only, one second each; a command, since it goes out. Nothing is changed by it. */
  'local.find': operation('command', z.strictObject({}), localServers),
  /**
   * Asks one local provider or runtime adapter for its models, three seconds at most; a command, since it goes out.
   * A server that does not answer is a status and no error.
   */
  'local.models': operation('command', z.strictObject({ provider: z.string() }), localModels),
};
