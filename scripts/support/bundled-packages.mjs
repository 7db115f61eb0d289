import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The folder of the package that contains a module, `…/node_modules/zod`; null for the project's own modules. */
export function packageFolderOf(id) {
  const path = id
    .replaceAll('\\', '/')
    .replace(/^\0/, '')
    .replace(/[?#].*$/s, '');
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0) return null;
  const [, name] = /^((?:@[^/]+\/)?[^/]+)/.exec(path.slice(at + '/node_modules/'.length)) ?? [];
  return name ? `${path.slice(0, at)}/node_modules/${name}` : null;
}

/**
 * A build plug-in that records the packages in a bundle, for their licences.
 * @param {string} file the JSON file for the list
 * @returns {import('vite').Plugin}
 */
export function bundledPackages(file) {
  return {
    name: 'bundled-packages',
    apply: 'build',
    writeBundle() {
      const folders = [...this.getModuleIds()].map(packageFolderOf).filter(Boolean);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify([...new Set(folders)].sort()));
    },
  };
}
