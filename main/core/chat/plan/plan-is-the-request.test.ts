import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { sharedChat, answerOf, chat, chatTo, dryRun, plantedKey } from '../../__fixtures__/chat-core.ts';
import { pieces, whole } from '../../__fixtures__/provider-replies.ts';
import { vendors, type Protocol } from '../../__fixtures__/protocols.ts';

const schema = {
  type: 'object',
  properties: { greeting: { type: 'string' }, mood: { type: 'string', enum: ['glad', 'sad'] } },
  required: ['greeting'],
};
const fitting = '{"greeting":"hello"}';

const cases = vendors.flatMap((protocol) =>
  (['json', 'stream'] as const).flatMap((mode) =>
    [false, true].map((withSchema) => ({
      protocol,
      mode,
      withSchema,
      provider: protocol.provider,
      how: withSchema ? 'schema' : 'plain',
    })),
  ),
);

const replyOf = (protocol: Protocol, mode: 'json' | 'stream') =>
  mode === 'stream' && protocol.streams ? pieces(protocol.stream(fitting)) : whole(protocol.reply(fitting));

const shared = sharedChat();
describe('a dry run shows the exact request', () => {
  it.each(cases)(
    '$provider, $how, $mode: the bytes received are the bytes shown',
    async ({ protocol, mode, withSchema }) => {
      const { upstream, core } = shared;
      upstream.answer(replyOf(protocol, mode));
      const input = chatTo(protocol, {
        ...(withSchema ? { schema } : {}),
        params: { temperature: 0.4, max_tokens: 300, stop: ['END'], made_up_field: { deep: [1, 'ü'] } },
        stream: mode === 'stream',
        // A made-up field could have a cost, so the call needs a cap.
        max_cost_usd: 0.01,
      });
      const { plan, applied, dropped } = await dryRun(core, input);
      expect(upstream.exchanges).toHaveLength(0);
      const { answer, error } = await chat(core, input, mode);
      expect(error).toBeUndefined();

      const [sent] = upstream.exchanges;
      expect(upstream.exchanges).toHaveLength(1);
      expect(createHash('sha256').update(sent!.body).digest('hex')).toBe(plan.sha256);
      expect(sent!.body.length).toBe(plan.bytes);
      expect(sent!.json()).toEqual(plan.body);
      expect(`${upstream.url}${sent!.path}`).toBe(plan.url);
      expect(sent!.path).toBe(protocol.path[mode]);
      expect(sent!.method).toBe(plan.method);
      expect(answer!.reply).toBe(fitting);
      expect(answer!.data.json).toEqual(withSchema ? { greeting: 'hello' } : undefined);
      expect(answer!.usage).toMatchObject({ prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 });
      for (const param of ['temperature', 'max_tokens', 'stop', 'made_up_field'])
        expect([...applied, ...dropped.map((d) => d.param)]).toContain(param);

      const key = plantedKey(protocol.provider);
      expect(sent!.headers[protocol.key.header]).toBe(protocol.key.prefix + key);
      for (const [name, value] of Object.entries(plan.headers))
        expect(name === protocol.key.header ? value : sent!.headers[name]).toBe(
          name === protocol.key.header ? `${protocol.key.prefix}••••${key.slice(-4)}` : value,
        );
      expect(sent!.path).not.toContain(key);
      expect(JSON.stringify([plan, answer])).not.toContain(key);
      expect(plan.curl).toContain(
        `${protocol.key.header}: ${protocol.key.prefix}$COMFYVN_LLM_${protocol.provider.toUpperCase()}_API_KEY`,
      );
    },
  );

  it('a call sends no headers beyond those shown', async () => {
    const [protocol] = vendors;
    const { upstream, core } = shared;
    upstream.answer(whole(protocol!.reply('hi')));
    const { plan } = await dryRun(core, chatTo(protocol!));
    await answerOf(core, chatTo(protocol!));
    const own = Object.keys(upstream.exchanges[0]!.headers).filter(
      (h) => !['host', 'connection', 'content-length'].includes(h),
    );
    expect(own.toSorted()).toEqual(Object.keys(plan.headers).toSorted());
  });
});

// Windows has no sh. docs/documents.test.mjs runs the PowerShell line there.
describe.skipIf(process.platform === 'win32')('the curl line', () => {
  it.each(['openai_public', 'anthropic_public', 'google_gemini', 'azure_openai'])(
    '%s: run in a shell, it sends the same bytes and the key from the variable',
    async (provider) => {
      const protocol = vendors.find((v) => v.provider === provider)!;
      const { upstream, core } = shared;
      upstream.answer(whole(protocol.reply('hi')));
      const messages = [
        { role: 'user', content: `It's "quoted" & $HOME \`id\` \\ ünïcode ☃ @file\nnext line!` },
      ];
      const { plan } = await dryRun(core, chatTo(protocol, { messages }));
      const key = plantedKey(provider);
      const env = { PATH: process.env['PATH'], [`COMFYVN_LLM_${provider.toUpperCase()}_API_KEY`]: key };
      await promisify(execFile)('/bin/sh', ['-c', plan.curl], { env });

      const [sent] = upstream.exchanges;
      expect(createHash('sha256').update(sent!.body).digest('hex')).toBe(plan.sha256);
      expect(`${upstream.url}${sent!.path}`).toBe(plan.url);
      expect(sent!.headers[protocol.key.header]).toBe(protocol.key.prefix + key);
      expect(sent!.headers['content-type']).toBe('application/json');
    },
  );
});
