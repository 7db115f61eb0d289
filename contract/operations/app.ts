import { z } from 'zod';
import { operation } from './define.ts';

/** What runs here; versions by name, as `electron` and `node`. */
export const about = z.object({
  version: z.string(),
  license: z.string(),
  platform: z.string(),
  runtime: z.array(z.object({ name: z.string(), version: z.string() })),
  /** The packages whose code is in the product; empty where it was not built. */
  parts: z.array(z.object({ name: z.string(), version: z.string(), license: z.string() })),
  /** Whether folders can be opened from here. */
  opens_folders: z.boolean(),
});
export type About = z.infer<typeof about>;

/** Folders of the data folder, by what is in them. */
const folder = z.enum(['data', 'config', 'logs']);

export const appOperations = {
  'app.about': operation('query', z.strictObject({}), about),
  /** In the system's file manager; only folders of the data folder have a name here. */
  /** Asks for a folder or for files in the system's own dialog; none where the person thinks better of it. */
  'app.choosePaths': operation(
    'command',
    z.strictObject({ kind: z.enum(['folder', 'files']) }),
    z.object({ paths: z.array(z.string()) }),
  ),
  /** A message of the system's, shown only while nobody looks at the window. */
  'app.notify': operation(
    'command',
    z.strictObject({ title: z.string().min(1).max(200), body: z.string().max(500) }),
    z.object({ shown: z.boolean() }),
  ),
  'app.openFolder': operation('command', z.strictObject({ folder }), z.object({ path: z.string() })),
};
