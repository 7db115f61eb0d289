import './support/check-node.mjs';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './support/project.mjs';
import { packageBin, run } from './support/run.mjs';

/**
 * Writes `out/types/library.d.ts`, the type declarations of the package's module, as one file with full types
 * for everything that `main/library.ts` exports.
 */
const code = await run(process.execPath, [packageBin('typescript', 'tsc'), '-b', 'main']);
if (code === 0) {
  const folder = join(projectRoot, 'out', 'types');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(projectRoot, '.tsc', 'main', 'main', 'library.d.ts'), join(folder, 'library.d.ts'));
}
process.exitCode = code;
