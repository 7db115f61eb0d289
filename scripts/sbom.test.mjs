import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { licences } from './support/licences.mjs';
import { projectRoot, readJson } from './support/project.mjs';
import { namesInLicences, shippedSbom } from './support/sbom.mjs';

const document = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  metadata: { component: { 'bom-ref': 'app@1.0.0', name: 'folder', version: '1.0.0' } },
  components: [
    { 'bom-ref': 'shipped@2.0.0', name: 'shipped', version: '2.0.0', scope: 'optional' },
    { 'bom-ref': 'electron@45.0.0', name: 'electron', version: '45.0.0' },
    { 'bom-ref': 'linter@3.0.0', name: 'linter', version: '3.0.0' },
  ],
  dependencies: [
    { ref: 'app@1.0.0', dependsOn: ['linter@3.0.0'] },
    { ref: 'shipped@2.0.0', dependsOn: ['linter@3.0.0'] },
    { ref: 'linter@3.0.0', dependsOn: ['shipped@2.0.0'] },
  ],
};
const product = { name: 'app', version: '1.0.0', electron: '45.0.0' };

test('the bill of materials lists what is shipped and Electron, and no build or test tool', () => {
  const sbom = shippedSbom(document, ['shipped@2.0.0'], product);
  expect(sbom.components.map(({ name, scope }) => [name, scope])).toEqual([
    ['shipped', 'required'],
    ['electron', 'required'],
  ]);
  expect(sbom.metadata.component.name).toBe('app');
  expect(sbom.dependencies).toEqual([
    { ref: 'app@1.0.0', dependsOn: ['shipped@2.0.0', 'electron@45.0.0'] },
    { ref: 'shipped@2.0.0', dependsOn: [] },
  ]);
});

test('a shipped package that the lockfile lacks is an error', () => {
  expect(() => shippedSbom(document, ['stranger@1.0.0'], product)).toThrow(/stranger@1\.0\.0/);
});

test('npm’s own document lists every package installed beside the bundles, under the names in the licences', () => {
  const names = namesInLicences(licences([join(projectRoot, 'node_modules', 'zod')]).text);
  expect(names.some((name) => name.startsWith('libsql@'))).toBe(true);
  expect(names.some((name) => name.startsWith('@libsql/'))).toBe(true);
  const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
  try {
    mkdirSync(join(folder, 'cache'));
    const flags = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
    const text = execFileSync('npm', [...flags, '--cache', join(folder, 'cache')], {
      cwd: projectRoot,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === 'win32',
    });
    const { devDependencies, version, name } = readJson(join(projectRoot, 'package.json'));
    const sbom = shippedSbom(JSON.parse(text), names, { name, version, electron: devDependencies.electron });
    expect([sbom.bomFormat, sbom.components.length]).toEqual(['CycloneDX', names.length + 1]);
    for (const { hashes, licenses, name: part } of sbom.components) {
      expect(hashes?.length, part).toBeGreaterThan(0);
      expect(licenses?.length, part).toBeGreaterThan(0);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
