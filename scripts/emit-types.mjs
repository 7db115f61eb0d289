import './support/check-node.mjs';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './support/project.mjs';
import { packageBin, run } from './support/run.mjs';

/**
 * Writes `out/types/library.d.ts`, the declarations of the module that the package exports. They are one file: what
 * `main/library.ts` exports is typed there in full.
 */
const code = await run(process.execPath, [packageBin('typescript', 'tsc'), '-b', 'main']);
if (code === 0) {
  const folder = join(projectRoot, 'out', 'types');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(projectRoot, '.tsc', 'main', 'main', 'library.d.ts'), join(folder, 'library.d.ts'));
}
process.exitCode = code;
