import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Panel } from './panel.ts';

/** A file that the user would save. */
export interface SavedFile {
  name: string;
  text: string;
}

/**
 * Saves the window's next download to `folder`, instead of asking for a place. Resolves with its name once it
 * is complete.
 */
function saveIn(app: NonNullable<Panel['app']>, folder: string): Promise<string> {
  return app.evaluate(
    ({ session }, into) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (_event, item) => {
          item.setSavePath(`${into}/file`);
          item.once('done', () => resolve(item.getFilename()));
        });
      }),
    folder,
  );
}

/** The file that `act` makes the panel save, in the desktop window or the browser. */
export async function downloadOf({ app, page }: Panel, act: () => Promise<void>): Promise<SavedFile> {
  if (!app) {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  }
  const folder = await mkdtemp(join(tmpdir(), 'panel-download-'));
  try {
    const [name] = await Promise.all([saveIn(app, folder), act()]);
    return { name, text: await readFile(join(folder, 'file'), 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
