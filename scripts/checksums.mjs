import './support/check-node.mjs';
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { projectRoot } from './support/project.mjs';

// node scripts/checksums.mjs NAME [FOLDER]: writes SHA256SUMS-NAME.txt beside the installers of dist/ and
// their SBOM, in the format that `sha256sum --check` and `shasum --check` read.
const [name = process.platform, folder = join(projectRoot, 'dist')] = process.argv.slice(2);
const installer = /\.(AppImage|deb|exe|dmg|zip|cdx\.json)$/;

async function sha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const files = readdirSync(folder)
  .filter((file) => installer.test(file))
  .sort();
if (files.length === 0) {
  console.error(`There is no installer in ${folder}: run npm run package first`);
  process.exitCode = 1;
} else {
  const lines = [];
  for (const file of files) lines.push(`${await sha256(join(folder, file))}  ${file}\n`);
  writeFileSync(join(folder, `SHA256SUMS-${name}.txt`), lines.join(''));
  console.log(lines.join('').trimEnd());
}
