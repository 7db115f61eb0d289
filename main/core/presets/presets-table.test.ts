import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { featuresOn } from '../__fixtures__/chat-core.ts';
import { appRoot, testCore } from '../__fixtures__/test-core.ts';
import { presetsTable } from './__fixtures__/presets-table.ts';

const file = join(appRoot, 'docs', 'presets.md');

test('docs/presets.md matches the registry and the adapters; if not, run node scripts/presets-table.mjs', async () => {
  const made = testCore({ now: '2026-11-29', files: { 'config/comfyvn.json': featuresOn } });
  const text = await presetsTable(made);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
