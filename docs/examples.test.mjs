import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { all, at, documents, where } from '../scripts/support/documents.mjs';

// Most of it waits for processes.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The JSON of an answer, over a connection of its own: a kept one may close while a command is waited for. */
async function ask(url, method, body) {
  const sent = request(url, { method, agent: false, headers: { 'content-type': 'application/json' } });
  sent.end(body);
  const [response] = await once(sent, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return JSON.parse(text);
}

describe('the commands in documents work', () => {
  let root;
  let server;
  let url;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'panel-documents-'));
    writeFileSync(join(root, 'lines.txt'), '雨はまだやまない。\n傘は？\n');
    const batch = all('blocks').find(({ language }) => language === 'jsonl');
    writeFileSync(join(root, 'in.jsonl'), batch?.text ?? '');
    const env = { PATH: process.env.PATH, COMFYVN_RUNTIME_ROOT: join(root, 'server') };
    server = spawn(process.execPath, [at('out/main/headless.js'), '--port', '0'], { env });
    let text = '';
    while (!url) {
      const [chunk] = await once(server.stdout, 'data');
      text += chunk;
      url = /listening on (http:\S+)/.exec(text)?.[1];
    }
  });
  afterAll(async () => {
    server.kill();
    await once(server, 'close');
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  });

  /** The commands of a block, continued lines joined. */
  const commandsOf = ({ text }) =>
    text
      .replace(/\\\n\s*/g, ' ')
      .trim()
      .split(/\n(?! )/);

  const shell = all('blocks').filter(({ language }) => language === 'bash');
  const isWindows = process.platform === 'win32';
  test('there are commands to run, and each is known', () => {
    const unknown = shell.flatMap((block) =>
      commandsOf(block).filter((line) => !/^(curl -s|comfyvn-llm) /.test(line)),
    );
    expect(unknown).toEqual([]);
    expect(shell.length).toBeGreaterThan(4);
  });

  // A Windows has no bash of its own: there the PowerShell blocks are run instead.
  for (const block of shell)
    test.skipIf(isWindows)(`${where(block)}: ${commandsOf(block).length} commands`, () => {
      for (const line of commandsOf(block)) {
        const command = line
          .replaceAll('http://127.0.0.1:8000', url)
          .replace(/^comfyvn-llm /, `"${process.execPath}" "${at('out/main/cli.js')}" --root user `)
          // A refusal is to count, whatever a filter makes of it.
          .replace(/^curl -s /, 'curl -s --fail-with-body ');
        const run = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
          cwd: root,
          encoding: 'utf8',
          env: { PATH: process.env.PATH },
        });
        expect([run.status, run.stderr.replace(/^warning: .*\n/gm, '')], `${line}\n${run.stdout}`).toEqual([
          0,
          expect.not.stringContaining('error'),
        ]);
        expect(run.stdout + run.stderr, line).not.toBe('');
      }
    });

  const powershell = all('blocks').filter(({ language }) => language === 'powershell');

  /** The requests that a block makes, whichever shell it is for: method, path, body. */
  const requestsOf = ({ language, text }) => {
    const line =
      language === 'bash'
        ? /curl -s (.*?http:[^]*?)(?=\ncurl|$)/g
        : /Invoke-RestMethod ([^]*?)(?=\n\(?Invoke|$)/g;
    return [...text.matchAll(line)].map(([, rest]) => {
      const [, path] = /http:\/\/127\.0\.0\.1:8000(\S*?)\)?(?:\s|\)|$)/.exec(rest);
      const body = /(?:-d|-Body) '([^']*)'/.exec(rest)?.[1] ?? null;
      return { method: body === null ? 'GET' : 'POST', path, body: body && JSON.parse(body) };
    });
  };

  test('every block of curl lines is followed by its PowerShell, which sends the same request', () => {
    for (const [file, { blocks }] of documents) {
      const asked = (language) =>
        blocks.filter((block) => block.language === language && requestsOf(block).length > 0).map(requestsOf);
      expect(asked('powershell'), file).toEqual(asked('bash'));
    }
    expect(powershell.length).toBeGreaterThan(3);
  });

  test('PowerShell commands send and read UTF-8, which 5.1 does not do by default', () => {
    const posts = powershell.flatMap(({ text }) =>
      text.split(/Invoke-RestMethod /).filter((part) => part.includes('-Body')),
    );
    expect(posts.filter((part) => !part.includes("-ContentType 'application/json; charset=utf-8'"))).toEqual(
      [],
    );
    expect(posts.length).toBeGreaterThan(3);
  });

  for (const block of powershell)
    test.runIf(isWindows)(`${where(block)}: PowerShell`, () => {
      const text = block.text.replaceAll('http://127.0.0.1:8000', url);
      const script = `$ErrorActionPreference = 'Stop'\n${text}`;
      const command = ['-NoProfile', '-EncodedCommand', Buffer.from(script, 'utf16le').toString('base64')];
      const run = spawnSync('powershell', command, { cwd: root, encoding: 'utf8' });
      expect([run.status, run.stdout.trim()], run.stderr).toEqual([0, expect.stringMatching(/\S/)]);
    });

  test('a variable before npm start has a PowerShell form too', () => {
    const indented = all('blocks').filter(({ language }) => language === 'indented');
    const before = indented.filter(({ text }) => /^COMFYVN_\w+=\S+ npm start/.test(text));
    for (const { file, text } of before) {
      const name = /^\w+/.exec(text)[0];
      expect(
        indented.some((block) => block.file === file && block.text.startsWith(`$env:${name} = `)),
        text,
      ).toBe(true);
    }
    expect(before.length).toBeGreaterThan(1);
  });

  const json = all('blocks').filter(({ language }) => language === 'json');
  test('every JSON example states how it is checked', () => {
    expect(json.filter(({ check }) => !check).map(where)).toEqual([]);
    expect(json.length).toBeGreaterThan(3);
  });

  for (const block of json)
    test(`${where(block)}: ${block.check}`, async () => {
      const value = JSON.parse(block.text);
      const [how, target] = block.check.split(' ');
      if (how === 'post') {
        expect(await ask(url + target, 'POST', block.text)).toMatchObject({ ok: true });
        return;
      }
      const folder = mkdtempSync(join(root, 'check-'));
      const flags = ['--root', folder];
      if (how === 'catalogue') {
        const file = join(folder, 'models.json');
        writeFileSync(file, block.text);
        const run = spawnSync(
          process.execPath,
          [at('out/main/cli.js'), ...flags, 'catalogue', file, '--json'],
          { encoding: 'utf8' },
        );
        expect(run.status, run.stderr).toBe(0);
        const outcomes = JSON.parse(run.stdout).items.map(({ outcome }) => outcome);
        expect(outcomes).not.toContain('refused');
        return;
      }
      if (how === 'file') {
        mkdirSync(dirname(join(folder, target)), { recursive: true });
        writeFileSync(join(folder, target), block.text);
      } else {
        expect(how).toBe('comfyvn-entry');
        writeFileSync(join(folder, 'registry.json'), JSON.stringify({ providers: [value] }));
        flags.push('--registry', join(folder, 'registry.json'));
      }
      const { status, stdout } = spawnSync(
        process.execPath,
        [at('out/main/cli.js'), ...flags, 'check', '--strict'],
        { encoding: 'utf8' },
      );
      expect([status, stdout]).toEqual([0, expect.stringMatching(/^1 of your files/)]);
    });

  /** Inside the package its own name leads to its own exports, and the clients are found. */
  function runModule(text) {
    const file = at('out', 'documents-example.mjs');
    writeFileSync(file, text);
    const env = { PATH: process.env.PATH, COMFYVN_RUNTIME_ROOT: join(root, 'module') };
    const run = spawnSync(process.execPath, [file], { encoding: 'utf8', env });
    rmSync(file);
    return run;
  }

  const modules = all('blocks').filter(({ language }) => language === 'js');
  const isClient = ({ check }) => check === 'client';
  test('there are client examples', () => expect(modules.filter(isClient).length).toBeGreaterThan(5));

  for (const block of modules.filter(isClient))
    test(`${where(block)}: the client gets its reply`, () => {
      const run = runModule(block.text.replaceAll('http://127.0.0.1:8000', url));
      expect([run.status, run.stderr.replace(/^.*(Warning|warning).*\n/gm, '')], run.stdout).toEqual([0, '']);
      // The stub answers with what it is asked.
      expect(run.stdout).toMatch(/^Ping\b/);
    });

  for (const block of modules.filter((module) => !isClient(module)))
    test(`${where(block)}: the module’s example runs`, () => {
      const run = runModule(block.text);
      expect([run.status, run.stderr]).toEqual([0, '']);
      expect(run.stdout.trim().split('\n').length).toBeGreaterThan(9);
    });

  test('the batch example, answered by the stub, gives the documented output', () => {
    const lines = readFileSync(join(root, 'in.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const args = [
      '--root',
      join(root, 'batch'),
      'batch',
      '--provider',
      'stub',
      '--module',
      'translate',
      join(root, 'in.jsonl'),
      join(root, 'done.jsonl'),
    ];
    const run = spawnSync(process.execPath, [at('out/main/cli.js'), ...args], { encoding: 'utf8' });
    expect([run.status, run.stdout]).toEqual([0, expect.stringContaining('3 answered')]);
    const rows = readFileSync(join(root, 'done.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ id, ok }) => [id, ok])).toEqual(lines.map(({ id }) => [id, true]));
  });

  test('URLs are routes of the server', async () => {
    const { paths } = await ask(`${url}/openapi.json`, 'GET');
    const patterns = [...Object.keys(paths), '/docs', '/openapi.json', '/v1', '/api/llm'].map(
      (path) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
    );
    const used = [...all('inline'), ...all('blocks')].flatMap((item) =>
      [...item.text.matchAll(/127\.0\.0\.1:80[01]0(\/[\w./-]*)/g)].map(([, path]) => ({
        ...item,
        path: path.replace(/\/$/, ''),
      })),
    );
    expect(
      used
        .filter(({ path }) => path && !patterns.some((pattern) => pattern.test(path)))
        .map((item) => `${where(item)} ${item.path}`),
    ).toEqual([]);
    expect(used.length).toBeGreaterThan(8);
  });
});
