import { z } from 'zod';
import { operation } from './define.ts';
import { panelSettings, settingsUpdate } from '../settings.ts';

/** Version and runtime facts; versions by name, such as `electron` and `node`. */
export const about = z.object({
  version: z.string(),
  license: z.string(),
  platform: z.string(),
  runtime: z.array(z.object({ name: z.string(), version: z.string() })),
  /** The packages bundled in the product; empty if it was not built. */
  parts: z.array(z.object({ name: z.string(), version: z.string(), license: z.string() })),
  /** Whether this process can open folders. */
  opens_folders: z.boolean(),
});
export type About = z.infer<typeof about>;

/** Folders of the data folder, by their content. */
const folder = z.enum(['data', 'config', 'logs']);

export const appOperations = {
  'app.about': operation('query', z.strictObject({}), about),
  /** Asks for a folder or for files in the system's own dialog; an empty list if the dialog is cancelled. */
  'app.choosePaths': operation(
    'command',
    z.strictObject({ kind: z.enum(['folder', 'files']) }),
    z.object({ paths: z.array(z.string()) }),
  ),
  /** Shows a system notification, only while the window is not focused. */
  'app.notify': operation(
    'command',
    z.strictObject({ title: z.string().min(1).max(200), body: z.string().max(500) }),
    z.object({ shown: z.boolean() }),
  ),
  /** Opens a folder in the system's file manager; only known folders of the data folder have a name. */
  'app.openFolder': operation('command', z.strictObject({ folder }), z.object({ path: z.string() })),
  /** Shows a file in the system's file manager, in its folder. The file itself is not opened. */
  'app.showFile': operation(
    'command',
    z.strictObject({ path: z.string().min(1).max(4096) }),
    z.object({ path: z.string() }),
  ),
};

export const settingsOperations = {
  'settings.get': operation('query', z.strictObject({}), panelSettings),
  'settings.update': operation('command', settingsUpdate, panelSettings, [
    'settings.get',
    'budget.get',
    'providers.limits',
  ]),
};
