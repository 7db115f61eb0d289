import { createHash } from 'node:crypto';
import { constants, existsSync, readlinkSync } from 'node:fs';
import { copyFile, link, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { projectRoot } from './project.mjs';
import { publishFolder } from './publish-folder.mjs';

async function linkTree(from, to) {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) {
      await mkdir(target);
      await linkTree(source, target);
      continue;
    }
    // Hard links need a shared file system that supports them.
    await link(source, target).catch(() => copyFile(source, target, constants.COPYFILE_FICLONE));
  }
}

function appOf(folder) {
  try {
    return readlinkSync(join(folder, 'resources', 'app'));
  } catch {
    return null;
  }
}

async function removeOrphans(folder) {
  for (const name of await readdir(folder).catch(() => [])) {
    const app = appOf(join(folder, name));
    if (app && !existsSync(app)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * Gives a checkout its own copy of the fallback runtime, with `resources/app` linked to the project. If
 * `resources/app` exists, Electron ignores the path on its command line, so one copy serves one app.
 *
 * The copy is beside the original runtime, not inside the checkout: there the link would form a loop, and
 * tools that follow links (vitest, vite's watcher) would find every file twice.
 * @param {string} pristine folder of the shared runtime
 * @param {string} [root] the checkout
 * @returns {Promise<string>} the copy's folder
 */
export async function checkoutRuntime(pristine, root = projectRoot) {
  const key = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const folder = join(dirname(pristine), 'checkouts');
  const ready = join(folder, `${basename(pristine)}-${key}`);
  const isComplete = () => existsSync(join(ready, 'electron')) && appOf(ready) === root;
  if (isComplete()) return ready;
  await mkdir(folder, { recursive: true });
  await removeOrphans(folder);
  const work = await mkdtemp(join(dirname(pristine), '.tmp-'));
  try {
    const copy = join(work, 'runtime');
    await mkdir(copy);
    await linkTree(pristine, copy);
    await symlink(root, join(copy, 'resources', 'app'));
    await publishFolder(copy, ready, { work, isComplete });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return ready;
}
