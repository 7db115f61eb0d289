import { ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { windowsPath } from '../wine.mjs';
import { lineText } from './provider.mjs';

/** Longer than a change waits for a file that another program holds. */
const longMs = 8000;
/** Shorter, so that the file is released while the change still waits. */
const shortMs = 700;

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Over HTTP: the API answers a health check and a chat, and the panel is served. */
export async function http(server) {
  const health = await (await fetch(`${server.url}/health`)).json();
  ok(health.service === 'comfyvn-llm-panel', JSON.stringify(health));
  const body = JSON.stringify({ provider: 'stub', messages: [{ role: 'user', content: '傘は？' }] });
  const headers = { 'content-type': 'application/json' };
  const chat = await (await fetch(`${server.url}/api/llm/chat`, { method: 'POST', headers, body })).json();
  ok(chat.ok && chat.data.reply.includes('傘は？'), JSON.stringify(chat));
  const page = await fetch(`${server.url}/`);
  ok(page.status === 200 && (await page.text()).includes('<html'), 'the panel is not served');
}

/** Changes three kinds of files in turn, while the product watches each of them. */
export async function repeatedChanges(server, panel, count) {
  const stored = { module: 'translate', preset: { id: 'mine', provider: 'stub', model: 'stub-echo' } };
  const made = await server.ask('presets.create', stored);
  ok(made.ok, JSON.stringify(made));
  const changes = [
    (n) => ['presets.update', { module: 'translate', id: 'mine', set: { notes: `save ${n}` } }],
    (n) => ['features.set', { flag: 'enable_public_llm', enabled: n % 2 === 0 }],
    (n) => ['settings.update', { daily_budget_usd: n + 1 }],
    (n) => [
      'providers.save',
      { provider: { name: 'box', adapter: 'openai_compat', base: `http://127.0.0.1:${9000 + n}/v1` } },
    ],
  ];
  for (let n = 0; n < count; n++) {
    const [name, input] = changes[n % changes.length](n);
    const answer = await server.ask(name, input);
    ok(answer.ok, `save ${n + 1}, ${name}: ${JSON.stringify(answer.error)}`);
  }
  const list = await server.ask('presets.list', { module: 'translate' });
  const last = count - 1 - ((count - 1) % changes.length);
  ok(
    list.data.presets.some(({ current }) => current.notes === `save ${last}`),
    'the last save is not in the list',
  );
  const { presets } = json(join(panel.root, 'config', 'llm', 'presets', 'translate.json'));
  ok(
    presets.some(({ notes }) => notes === `save ${last}`),
    'the last save is not on the disk',
  );
}

/** A file that another program has open: a change waits for it, or is refused with its name; nothing is lost. */
export async function heldFiles(server, panel) {
  const outcomes = [];
  const path = join(panel.root, 'config', 'llm', 'presets', 'translate.json');
  const save = (notes) => server.ask('presets.update', { module: 'translate', id: 'mine', set: { notes } });
  const onDisk = () => json(path).presets.find(({ id }) => id === 'mine').notes;
  for (const share of ['-', 'r', 'rw', 'd', 'rd', 'rwd']) {
    const [soonFree] = await panel.hold(path, share, shortMs);
    const waited = await save(`short ${share}`);
    await soonFree;
    ok(waited.ok && onDisk() === `short ${share}`, `${share}, for a moment: ${JSON.stringify(waited)}`);
    const [later] = await panel.hold(path, share, longMs);
    const refused = await save(`long ${share}`);
    await later;
    // A file that others may rename and read can be replaced; for anything else the refusal names the file.
    if (refused.ok) ok(onDisk() === `long ${share}`, `${share}: reported as saved, but is not`);
    else {
      ok(refused.error.code === 'file_unreadable', JSON.stringify(refused));
      ok(refused.error.message.includes('translate.json'), refused.error.message);
      ok(onDisk() === `short ${share}`, `${share}: refused, but changed anyway`);
    }
    const afterwards = await save(`after ${share}`);
    ok(afterwards.ok && onDisk() === `after ${share}`, `${share}, afterwards: ${JSON.stringify(afterwards)}`);
    outcomes.push(`${share} ${refused.ok ? 'replaced' : 'refused'}`);
  }
  return outcomes.join(', ');
}

/** A batch whose output another program has open reports it, loses nothing, and is complete after the next run. */
export async function heldOutput(panel, provider) {
  const numbers = [2_000_001, 2_000_002];
  const lineOf = (n) => `${JSON.stringify(lineText(n))}\n`;
  const input = panel.write('texts/held.jsonl', lineOf(numbers[0]));
  const output = join(panel.root, 'texts', 'held-out.jsonl');
  const args = ['batch', '-p', 'openai_public', '--model', 'gpt-5-mini', '--param', 'max_tokens=20', '--yes'];
  args.push('--max-usd', '1', windowsPath(input), windowsPath(output));
  const first = await panel.cli(args);
  ok(first.code === 0, first.text);
  panel.write('texts/held.jsonl', numbers.map(lineOf).join(''));
  const [released] = await panel.hold(output, 'r', 60_000);
  const refused = await panel.cli(args);
  await released;
  ok(refused.code !== 0 && refused.text.includes('held-out.jsonl'), `${refused.code}: ${refused.text}`);
  ok(!/\n\s+at /.test(refused.text), `a stack trace: ${refused.text}`);
  const again = await panel.cli(args);
  ok(again.code === 0, again.text);
  ok(
    numbers.every((n) => provider.asked.get(n) === 1),
    `asked for ${numbers.map((n) => provider.asked.get(n)).join(' and ')} times`,
  );
  ok(readFileSync(output, 'utf8').trim().split('\n').length === numbers.length, readFileSync(output, 'utf8'));
}
