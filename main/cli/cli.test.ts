import { createHash } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DryRunAnswer } from '../../contract/chat.ts';
import { testCore } from '../core/__fixtures__/test-core.ts';
import { startUpstream } from '../core/__fixtures__/upstream.ts';
import { testCli } from './__fixtures__/test-cli.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';

const names = [
  'anthropic_public',
  'azure_openai',
  'google_gemini',
  'lmstudio_local',
  'ollama_default',
  'openai_public',
  'openrouter',
  'stub',
];

describe('plan', () => {
  for (const provider of names)
    test(`gives the same hash and bytes as the API for ${provider}`, async () => {
      const text = 'Sag «Hallo».';
      const run = await testCli().run(
        'plan',
        '-p',
        provider,
        '--param',
        'temperature=0.3',
        '--system',
        'Be brief.',
        '--json',
        text,
      );
      const { ask } = testCore();
      const messages = [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: text },
      ];
      const answer = (await ask('chat.send', {
        provider,
        params: { temperature: 0.3 },
        messages,
        dry_run: true,
      })) as DryRunAnswer;
      expect(run.code).toBe(0);
      expect(run.json()).toMatchObject({
        plan: { sha256: answer.plan.sha256, bytes: answer.plan.bytes, url: answer.plan.url },
        estimate: answer.estimate,
      });
    });

  test('renders a module’s pack to the same bytes as the API', async () => {
    const variables = { source_text: 'Hallo.', target_language: 'English' };
    const run = await testCli().run(
      'plan',
      '-m',
      'translate',
      '--text-as',
      'source_text',
      '--var',
      'target_language=English',
      '--json',
      'Hallo.',
    );
    const answer = (await testCore().ask('packs.run', {
      module: 'translate',
      variables,
      send: true,
      dry_run: true,
    })) as DryRunAnswer;
    expect((run.json() as DryRunAnswer).plan.sha256).toBe(answer.plan.sha256);
  });

  test('plans a file line by line, without empty lines, with the line numbers of an editor', async () => {
    const cli = testCli();
    const file = cli.write('lines.txt', '\ufeffOne\r\n\r\nTwo\n');
    const run = await cli.run('plan', '-m', 'translate', '-f', file, '--json');
    const rows = run.out
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row) as DryRunAnswer & { line: number });
    expect(rows.map(({ line, plan }) => [line, (plan.body as { messages: unknown[] }).messages])).toEqual([
      [1, [{ role: 'user', content: 'One' }]],
      [3, [{ role: 'user', content: 'Two' }]],
    ]);
    expect((await cli.run('plan', '-m', 'translate', '-f', file)).out).toMatch(
      /2 lines, \$\S+ to \$\S+; nothing was sent/,
    );
  });

  test('reports an invalid line of a .jsonl file with file and line', async () => {
    const cli = testCli();
    const file = cli.write('lines.jsonl', '{"text":"a"}\n{"txet":"b"}\n');
    const run = await cli.run('plan', '-m', 'translate', '-f', file);
    expect([run.code, run.err]).toEqual([2, expect.stringContaining(`${file}, line 2`)]);
  });

  test('writes nothing, not even a folder', async () => {
    const cli = testCli();
    for (const command of ['providers', 'models', 'presets', 'check']) await cli.run(command);
    await cli.run('plan', '-m', 'translate', 'Hi');
    await cli.run('packs', 'render', 'translate');
    expect(readdirSync(cli.root)).toEqual([]);
  });

  test('a schema file written by PowerShell can be read, and one with an invalid encoding is refused by its name', async () => {
    const cli = testCli();
    const schema = { type: 'object', properties: { text: { type: 'string', description: '雨' } } };
    const path = cli.write('schema.json', '');
    writeFileSync(path, Buffer.from(`\ufeff${JSON.stringify(schema)}`, 'utf16le'));
    const planned = await cli.run('plan', '-p', 'openai_public', '--schema', path, 'Hi');
    expect([planned.code, planned.out]).toEqual([0, expect.stringContaining('"雨"')]);
    writeFileSync(path, Buffer.from([0x7b, 0x22, 0x89, 0x4a, 0x22, 0x3a, 0x31, 0x7d]));
    for (const args of [
      ['plan', '--schema', path, 'Hi'],
      ['packs', 'render', 'translate', '--vars', path],
    ]) {
      const { code, err } = await cli.run(...args);
      expect([code, err]).toEqual([
        expect.any(Number),
        expect.stringMatching(/schema\.json is neither UTF-8.*byte 2/),
      ]);
      expect(code).not.toBe(0);
    }
  });

  test('--powershell writes the planned bytes, with the variable where the key belongs', async () => {
    const cli = testCli();
    const text = "‘It’s’ it's \u201a $HOME 雨";
    const flags = ['plan', '-p', 'openai_public', '--model', 'gpt-5-mini'];
    const planned = (await cli.run(...flags, '--json', text)).json() as DryRunAnswer;
    const { code, out } = await cli.run(...flags, '--powershell', text);
    expect(code).toBe(0);
    const body = /GetBytes\('(.*)'\)$/m.exec(out)?.[1]?.replace(/(['\u2018-\u201b])\1/g, '$1') ?? '';
    expect(createHash('sha256').update(body).digest('hex')).toBe(planned.plan.sha256);
    expect(out).toContain("'authorization' = 'Bearer ' + $env:COMFYVN_LLM_OPENAI_PUBLIC_API_KEY");
    expect(out).toContain(`-Method POST -Uri '${planned.plan.url}'`);
  });

  test('a key in the environment is never shown', async () => {
    const key = 'sk-planted-1234567890abcdef';
    const cli = testCli({ env: { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: key } });
    for (const flags of [[], ['--json'], ['--curl'], ['--powershell']]) {
      const run = await cli.run('plan', '-p', 'openai_public', ...flags, `my key is ${key}`);
      expect([run.code, run.out.includes(key), run.err.includes(key)]).toEqual([0, false, false]);
    }
    expect((await cli.run('providers')).out).toContain('COMFYVN_LLM_OPENAI_PUBLIC_API_KEY');
  });
});

describe('call', () => {
  test('without --live no provider is called, whatever its kind', async () => {
    const upstream = await startUpstream();
    const cli = testCli({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
    const run = await cli.run('call', '-p', 'lmstudio_local', 'Hi');
    expect([run.code, run.err]).toEqual([0, expect.stringContaining('nothing was sent')]);
    expect(upstream.connections).toBe(0);
  });

  test('with --live the planned bytes are sent and the reply returned', async () => {
    const upstream = await startUpstream();
    const cli = testCli({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
    const planned = (await cli.run('plan', '-p', 'lmstudio_local', '--json', 'Hi')).json() as DryRunAnswer;
    const run = await cli.run('call', '--live', '-p', 'lmstudio_local', 'Hi');
    expect([run.code, run.out]).toEqual([0, 'pong\n']);
    const { body } = await upstream.request(0);
    expect(body.length).toBe(planned.plan.bytes);
    expect(upstream.requests).toHaveLength(1);
  });

  test('the stub answers a script in CI, also text from standard input', async () => {
    expect(await testCli().run('call', '-p', 'stub', 'Ping')).toMatchObject({ code: 0, out: 'Ping\n' });
    expect(await testCli({ input: 'Pong\n' }).run('call', '-p', 'stub')).toMatchObject({
      code: 0,
      out: 'Pong\n',
    });
  });
});

describe('exit codes', () => {
  const runs: [number, string[]][] = [
    [0, []],
    [0, ['--help']],
    [0, ['plan', '--help']],
    [0, ['--version']],
    [2, ['provders']],
    [2, ['models', '--taag', 'x']],
    [2, ['plan']],
    [2, ['plan', '-m', 'translat', 'Hi']],
    [2, ['plan', '--param', 'temperature', 'Hi']],
    [2, ['plan', '-f', '/nowhere/at-all.txt']],
    [2, ['packs', 'render', 'translate', '--sample', 'none']],
    [2, ['presets', 'nothing']],
    [4, ['call', '--live', '-p', 'openai_public', 'Hi']],
    [
      4,
      [
        'call',
        '--live',
        '-m',
        'translate',
        '--preset',
        'translate-03-anthropic-claude-3-haiku-20240307',
        'Hi',
      ],
    ],
    [5, ['call', '--live', '-p', 'lmstudio_local', '--retries', '0', 'Hi']],
  ];
  for (const [code, argv] of runs)
    test(`${code}: comfyvn-llm ${argv.join(' ')}`, async () => {
      const cli = testCli({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: 'http://127.0.0.1:9/v1' } });
      expect((await cli.run(...argv)).code).toBe(code);
    });

  test('are the documented numbers', () => {
    expect(exitCodes).toEqual({
      ok: 0,
      internal: 1,
      usage: 2,
      faults: 3,
      refused: 4,
      provider: 5,
      incomplete: 6,
      interrupted: 130,
    });
    expect(exitCodeOf.budget_exceeded).toBe(4);
    expect(exitCodeOf.provider_timeout).toBe(5);
  });

  test('a failure is JSON if JSON was requested', async () => {
    const run = await testCli().run('plan', '-m', 'translat', '--json', 'Hi');
    expect(run.json()).toMatchObject({
      ok: false,
      code: 'unknown_module',
      message: expect.stringContaining('translate'),
    });
    expect(run.err).toBe('');
  });
});

describe('readable output', () => {
  const escape = String.fromCodePoint(27);

  test('every command has help with an example', async () => {
    const { out } = await testCli().run('--help');
    const commands = [...out.matchAll(/^ {2}(\w+)(?: |$)/gm)]
      .map(([, name]) => name)
      .filter((name) => name !== 'help');
    expect(commands).toContain('plan');
    for (const name of commands.filter(
      (c): c is string => c !== undefined && !['packs', 'serve'].includes(c ?? '') && !/^\d/.test(c),
    ))
      expect((await testCli().run(name, '--help')).out, name).toContain('Examples:');
  });

  test('colours appear only on a terminal, never with NO_COLOR', async () => {
    expect((await testCli().run('providers')).out).not.toContain(escape);
    expect((await testCli({ isTTY: true }).run('providers')).out).toContain(escape);
    expect((await testCli({ isTTY: true, env: { NO_COLOR: '1' } }).run('providers')).out).not.toContain(
      escape,
    );
  });

  test('a table fits the terminal', async () => {
    const { out } = await testCli({ isTTY: true, columns: 80, env: { NO_COLOR: '1' } }).run('providers');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('control characters in a file do not reach the terminal', async () => {
    const models = [{ id: `m${escape}[2J`, tags: ['x'] }];
    const cli = testCli({
      files: {
        'config/llm/providers/a.json': {
          name: 'a',
          adapter: 'openai_compat',
          base: 'http://127.0.0.1:9',
          models,
        },
      },
    });
    expect((await cli.run('models', '-p', 'a')).out).not.toContain(escape);
  });

  test('lists can be filtered: by tags, and with --alive by lifecycle', async () => {
    const cli = testCli();
    const all = (await cli.run('models', '--json')).json() as {
      tags: string[];
      lifecycle: { status: string };
    }[];
    const some = (await cli.run('models', '--tag', 'json', '--alive', '--json')).json() as typeof all;
    const gone = ['retired', 'never_released'];
    expect(some).toEqual(
      all.filter(({ tags, lifecycle }) => tags.includes('json') && !gone.includes(lifecycle.status)),
    );
    expect(some.length).toBeGreaterThan(0);
  });
});

test('the files written by a call are under the runtime root', async () => {
  const cli = testCli();
  await cli.run('call', '-p', 'stub', 'Ping');
  expect(existsSync(cli.path('logs/server.log'))).toBe(true);
});
