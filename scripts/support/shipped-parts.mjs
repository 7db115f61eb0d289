import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const tools = [
  /^@types\//,
  /^@axe-core\//,
  /^@copilotkit\//,
  /^@electron\//,
  /^@tailwindcss\//,
  /^@vitejs\//,
  /^(electron-builder|electron-vite|fast-check|knip|openai|oxfmt|oxlint|playwright|typescript|vite|vitest)$/,
];

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The packages whose code is in the product, with their installed version and licence; tools are left out. */
export function shippedParts(root) {
  const { dependencies = {}, devDependencies = {} } = read(join(root, 'package.json'));
  const names = Object.keys({ ...dependencies, ...devDependencies });
  return names
    .filter((name) => !tools.some((tool) => tool.test(name)))
    .sort()
    .map((name) => {
      const { version, license } = read(join(root, 'node_modules', name, 'package.json'));
      return { name, version, license: typeof license === 'string' ? license : 'see the package' };
    });
}
