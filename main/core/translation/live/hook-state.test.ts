import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../__fixtures__/test-core.ts';
import { HookState, type HookFile } from './hook-state.ts';

async function startedHook() {
  const root = temporaryFolder();
  const state = new HookState(root);
  await state.begin('mine', 1);
  return { state, hook: state.read() as HookFile, file: join(root, 'config', 'llm', 'live-hook.json') };
}

test('amounts added at the same time all count', async () => {
  const { state, hook } = await startedHook();
  await Promise.all([state.spend(hook, 0.25), state.spend(hook, 0.5), state.spend(hook, -0.25)]);
  expect(state.read()?.spent_usd).toBe(0.5);
});

test('an amount added while the hook is turned off does not turn it on again', async () => {
  const { state, hook, file } = await startedHook();
  await Promise.all([state.spend(hook, 0.25), state.end(), state.spend(hook, 0.25)]);
  expect([state.read(), existsSync(file)]).toEqual([null, false]);
});

test('an amount for an earlier token does not count for a new one', async () => {
  const { state, hook } = await startedHook();
  await state.begin('mine', 1);
  await state.spend(hook, 0.25);
  expect(state.read()?.spent_usd).toBe(0);
});
