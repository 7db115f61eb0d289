import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder, testCore } from '../../__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../../__fixtures__/upstream.ts';
import { openLog } from './log.ts';
import { Redactor } from '../redact.ts';

const messages = [{ role: 'user', content: 'hi' }];
const linesOf = (root: string) =>
  readFileSync(join(root, 'logs', 'server.log'), 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('server.log', () => {
  it('at DEBUG has the URL and status of each provider request, under the request id, within 250 ms', async () => {
    const upstream = await startUpstream(openAiReply('pong'));
    const { ask, root } = testCore({
      env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1`, COMFYVN_LOG_LEVEL: 'DEBUG' },
    });
    await ask('chat.send', { provider: 'lmstudio_local', messages });
    const line = await vi.waitFor(
      () => {
        const found = linesOf(root).find((entry) => entry['url'] !== undefined);
        if (!found) throw new Error('there is no such line yet');
        return found;
      },
      { timeout: 250, interval: 10 },
    );
    expect(line).toMatchObject({
      url: `${upstream.url}/v1/chat/completions`,
      status: 200,
      request_id: 'test-request',
    });
  });

  it('at its default level has only failed calls, each with its id', async () => {
    const upstream = await startUpstream(openAiReply('pong'));
    const { ask, refusal, root } = testCore({
      env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` },
    });
    await ask('chat.send', { provider: 'lmstudio_local', messages });
    await refusal('chat.send', { provider: 'nobody', messages });
    const lines = await vi.waitFor(() => {
      const found = linesOf(root);
      if (!found.some((entry) => entry['code'] === 'unknown_provider'))
        throw new Error('there is no such line yet');
      return found;
    });
    expect(lines.some((entry) => entry['url'] !== undefined)).toBe(false);
    expect(lines.find((entry) => entry['code'] === 'unknown_provider')).toMatchObject({
      request_id: 'test-request',
    });
  });

  it('is not written if its folder cannot be created, and the server still runs', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'logs'), 'a file where the folder should be');
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { log, close } = openLog(root, 'INFO', new Redactor());
    log.info('lost');
    await close();
    expect(warned.mock.calls.flat().join()).toContain('no log is kept');
    warned.mockRestore();
  });

  it('continues in a new file at 10 MB, and loses no line', async () => {
    const root = temporaryFolder();
    const { log, close } = openLog(root, 'INFO', new Redactor());
    const filler = 'x'.repeat(10_000);
    for (let n = 0; n < 1200; n++) log.info({ n }, filler);
    await close();
    const files = readdirSync(join(root, 'logs')).filter((name) => name.endsWith('.log'));
    expect(files.length).toBeGreaterThan(1);
    for (const name of files) expect(statSync(join(root, 'logs', name)).size).toBeLessThan(11 * 1024 * 1024);
    const lines = files.flatMap((name) =>
      readFileSync(join(root, 'logs', name), 'utf8')
        .trim()
        .split('\n'),
    );
    expect(lines).toHaveLength(1200);
  });
});
