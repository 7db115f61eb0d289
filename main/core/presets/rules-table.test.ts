import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { featuresOn } from '../__fixtures__/chat-core.ts';
import { appRoot, testCore } from '../__fixtures__/test-core.ts';
import { fates, offeredParams, rulesTable } from './__fixtures__/rules-table.ts';

const files = { 'config/comfyvn.json': featuresOn };
const made = () => testCore({ now: '2026-11-29', files });

test('docs/model-rules.md matches the rules; if not, run node scripts/presets-table.mjs', async () => {
  const text = await rulesTable(made());
  const file = join(appRoot, 'docs', 'model-rules.md');
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('the table covers every parameter that the panel offers', () => {
  const text = readFileSync(join(appRoot, 'renderer/features/modules/parameters/usual-params.ts'), 'utf8');
  const offered = [...text.matchAll(/name: '(\w+)'/g)].map(([, name]) => name);
  expect(offered.length).toBeGreaterThan(10);
  expect(Object.keys(offeredParams).toSorted()).toEqual(offered.toSorted());
});

test('every rule has a source and a date, and every dropped parameter has a reason', async () => {
  const core = made();
  const all = await fates(core, await core.ask('registry.get'));
  expect(all.length).toBeGreaterThan(500);
  for (const { fate, rule, reason, model, param } of all) {
    if (rule) expect([rule.id, rule.source, rule.as_of].every(Boolean), `${model} ${param}`).toBe(true);
    if (fate !== 'sent') expect(reason.length, `${model} ${param}`).toBeGreaterThan(10);
  }
});
