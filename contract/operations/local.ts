import { z } from 'zod';
import { localServers } from '../local-servers.ts';
import { operation } from './define.ts';

export const localOperations = {
  /** Asks loopback addresses only, one second each; a command, since it goes out. Nothing is changed by it. */
  'local.find': operation('command', z.strictObject({}), localServers),
};
