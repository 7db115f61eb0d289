import { getRequestListener } from '@hono/node-server';
import type { Shell } from '../core/app/panel-page.ts';
import type { Core } from '../core/app/services.ts';
import { createApp } from './app.ts';
import type { Door } from './direct-doors.ts';

/** All routes behind one door. */
export function createRouter(core: Core, shell: Shell | null, openRequests: () => number): Door {
  return getRequestListener(createApp(core, shell, openRequests).fetch, { overrideGlobalObjects: false });
}
