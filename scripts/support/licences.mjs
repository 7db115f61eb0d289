import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, readJson } from './project.mjs';

const licenceFile = /^(licen[cs]e|copying|notice|ofl)([.-].*)?$/i;

/** The packages installed beside the bundle: all dependencies, including indirect ones. */
function installedPackages(root) {
  const found = new Set();
  const add = (name, from) => {
    const nested = join(from, 'node_modules', name);
    const folder = existsSync(nested) ? nested : join(root, 'node_modules', name);
    const manifest = readJson(join(folder, 'package.json'));
    // An optional package for another system is not installed.
    if (!manifest || found.has(folder)) return;
    found.add(folder);
    for (const next of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }))
      add(next, folder);
  };
  for (const name of Object.keys(readJson(join(root, 'package.json')).dependencies)) add(name, root);
  return [...found];
}

function textsOf(folder) {
  const names = readdirSync(folder).filter((name) => licenceFile.test(name));
  return names.sort().map((name) => readFileSync(join(folder, name), 'utf8').trim());
}

/**
 * The licences of everything that is shipped, one section per package.
 * @param {string[]} bundled folders of the packages inside the bundles
 * @param {string} [root]
 * @returns {{ text: string, count: number, unnamed: string[] }} `unnamed` have neither a licence name nor
 *   a licence text
 */
export function licences(bundled, root = projectRoot) {
  const byName = new Map();
  for (const folder of [...bundled, ...installedPackages(root)]) {
    const { name, version, license, author } = readJson(join(folder, 'package.json')) ?? {};
    if (!name) continue;
    const by = typeof author === 'string' ? author : author?.name;
    byName.set(`${name}@${version}`, { licence: license ?? 'not stated', by, texts: textsOf(folder) });
  }
  const entries = [...byName].sort(([a], [b]) => a.localeCompare(b));
  const parts = entries.map(([name, { licence, by, texts }]) => {
    const head = `${name}\nLicence: ${licence}${by ? `\nBy: ${by}` : ''}`;
    return [head, ...texts].join('\n\n');
  });
  return {
    text: `${parts.join(`\n\n${'='.repeat(80)}\n\n`)}\n`,
    count: entries.length,
    unnamed: entries
      .filter(([, { licence, texts }]) => licence === 'not stated' && texts.length === 0)
      .map(([name]) => name),
  };
}
