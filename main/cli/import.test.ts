import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testCli } from './__fixtures__/test-cli.ts';

const preset = {
  chat_completion_source: 'claude',
  claude_model: 'claude-sonnet-4-5',
  temperature: 0.9,
  proxy_password: 'sk-secret-0123456789',
};

test('import shows a preview of a SillyTavern file and changes nothing; --apply imports it', async () => {
  const cli = testCli();
  const file = cli.write('My Preset.json', preset);
  const preview = await cli.run('import', file);
  expect([preview.code, preview.out]).toEqual([0, expect.stringMatching(/st-my-preset +vn_chat +added/)]);
  expect(preview.err).toContain('proxy_password');
  expect(preview.out + preview.err).not.toContain('sk-secret');
  expect(readdirSync(cli.root)).not.toContain('config');
  const done = await cli.run('import', file, '--module', 'narrator', '--apply', '--json');
  expect(done.json()).toMatchObject({ applied: true, kind: 'chat_preset' });
  const listed = await cli.run('presets', 'narrator', '--json');
  expect(listed.out).toContain('st-my-preset');
});

test('an unusable file is reported as refused, and exits with 2 under --apply', async () => {
  const cli = testCli();
  const file = cli.write('lore.json', { entries: {} });
  expect((await cli.run('import', file)).out).toContain('lorebook');
  const run = await cli.run('import', file, '--apply', '--skip-refused');
  expect([run.code, run.err]).toEqual([2, expect.stringContaining('nothing was imported')]);
  expect((await cli.run('import', cli.path('nowhere.json'))).code).toBe(2);
});
