import './support/check-node.mjs';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, readJson } from './support/project.mjs';
import { namesInLicences, shippedSbom } from './support/sbom.mjs';

// node scripts/sbom.mjs NAME [FOLDER]: after npm run package, writes sbom-NAME.cdx.json (CycloneDX) into
// dist/. It lists every package whose code is in the installers, with its hash and licence, and Electron.
const [name = process.platform, folder = join(projectRoot, 'dist')] = process.argv.slice(2);
const at = (...path) => join(projectRoot, ...path);

/** The bill of materials from npm: the npm that runs this script, else the one on the PATH. */
function npmSbom() {
  const flags = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const npm = process.env.npm_execpath;
  const [file, args] = npm ? [process.execPath, [npm, ...flags]] : ['npm', flags];
  const options = { cwd: projectRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
  // On Windows npm is a script, which needs a shell.
  return JSON.parse(execFileSync(file, args, { ...options, shell: !npm && process.platform === 'win32' }));
}

const { version, name: product, devDependencies } = readJson(at('package.json'));
const shipped = namesInLicences(readFileSync(at('out', 'THIRD-PARTY-LICENSES.txt'), 'utf8'));
const sbom = shippedSbom(npmSbom(), shipped, { name: product, version, electron: devDependencies.electron });
const path = join(folder, `sbom-${name}.cdx.json`);
writeFileSync(path, `${JSON.stringify(sbom, null, 2)}\n`);
console.log(`${sbom.components.length} packages: ${path}`);
