import { ok } from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { windowsPath } from '../wine.mjs';
import { lineText } from './provider.mjs';

const rowsOf = (file) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row));

/** `providers`, `plan` and `check` in a folder whose name has spaces and Japanese characters. */
export async function readingCommands(panel) {
  const providers = await panel.cli(['providers']);
  ok(providers.code === 0 && providers.text.includes('openai_public'), providers.text);
  const plan = await panel.cli(['plan', '--module', 'translate', '雨はまだやまない。']);
  ok(plan.code === 0 && /sha256 [0-9a-f]{64}/.test(plan.text), plan.text);
  ok(plan.text.includes('雨はまだやまない。'), `the text arrived incomplete: ${plan.text}`);
  const check = await panel.cli(['check']);
  ok(check.code === 0, check.text);
}

/**
 * A batch that is killed three times and resumed: no line is sent twice.
 * @param {number} lines
 */
export async function killedBatch(panel, provider, lines) {
  const input = panel.write(
    'texts/in 入力.jsonl',
    Array.from({ length: lines }, (_, n) => `${JSON.stringify(lineText(n + 1))}\n`).join(''),
  );
  const output = join(panel.root, 'texts', 'out 出力.jsonl');
  const concurrency = 8;
  const args = ['batch', '-p', 'openai_public', '--model', 'gpt-5-mini', '--param', 'max_tokens=20'];
  args.push('-c', String(concurrency), '--yes', '--max-usd', '500', windowsPath(input), windowsPath(output));
  for (const part of [0.2, 0.5, 0.8]) {
    let child;
    const run = panel.cli(args, (started) => (child = started));
    const reached = provider.atLeast(Math.floor(lines * part)).then(() => 'reached');
    const first = await Promise.race([run, reached]);
    ok(first === 'reached', `the batch ended by itself: ${first.text}`);
    child.kill('SIGKILL');
    await run;
  }
  const { code, text } = await panel.cli(args);
  const rows = rowsOf(output);
  ok(rows.length === lines, `${rows.length} rows for ${lines} lines\n${text}`);
  const twice = [...provider.asked].filter(([, count]) => count > 1).map(([n]) => n);
  ok(twice.length === 0, `sent twice: ${twice.join(', ')}`);
  const open = rows.filter((row) => !row.ok);
  ok(
    open.every((row) => row.paid === 'maybe'),
    `a row failed otherwise: ${JSON.stringify(open.find((row) => row.paid !== 'maybe'))}`,
  );
  ok(open.length <= 3 * concurrency, `${open.length} lines were in flight at three kills`);
  ok(code === (open.length === 0 ? 0 : 6) || code > 0, `exit code ${code}: ${text}`);
  ok(
    rows.every((row, at) => row.line === at + 1 && (!row.ok || row.reply === `Answer ${at + 1}`)),
    'rows are mixed up',
  );
  return `${lines - open.length} answered, ${open.length} in flight at a kill, none sent twice`;
}

/** Everything works with paths beyond the 260 characters of Windows' older functions. */
export async function longPath(panel, provider) {
  ok(windowsPath(panel.root).length >= 338, 'the path is too short to show anything');
  const before = provider.answered();
  const input = panel.write('in.jsonl', `${JSON.stringify(lineText(1_000_001))}\n`);
  const output = join(panel.root, 'out.jsonl');
  const args = ['batch', '-p', 'openai_public', '--model', 'gpt-5-mini', '--param', 'max_tokens=20'];
  const run = await panel.cli([...args, '--yes', '--max-usd', '1', windowsPath(input), windowsPath(output)]);
  ok(run.code === 0, run.text);
  ok(provider.answered() === before + 1 && rowsOf(output)[0].ok, readFileSync(output, 'utf8'));
  ok(existsSync(join(panel.root, 'data', 'llm.db')), 'no ledger');
  return `${windowsPath(output).length} characters`;
}

/**
 * Device names are refused with a reason, or written under another name. They never hang, and nothing is
 * written to a device.
 */
export async function reservedNames(server, panel) {
  const preset = { provider: 'stub', model: 'stub-echo' };
  for (const id of ['con', 'nul', 'com1', 'lpt9', 'aux', 'prn']) {
    const made = await server.ask('presets.create', { module: 'translate', preset: { ...preset, id } });
    ok(made.ok || made.error.code === 'invalid_request', JSON.stringify(made));
    const provider = { name: id, adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1' };
    const saved = await server.ask('providers.save', { provider });
    ok(saved.ok || saved.error.code === 'invalid_request', JSON.stringify(saved));
    if (!saved.ok) continue;
    const found = await server.ask('providers.get', { name: id });
    ok(found.ok, JSON.stringify(found));
  }
  const folder = join(panel.root, 'config', 'llm', 'providers');
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(folder);
  ok(!files.some((name) => /^(con|nul|com1|lpt9|aux|prn)(\.|$)/i.test(name)), files.join(', '));
  return files.join(', ');
}

/** As on a clean Windows: commands without the database work, and a batch says what to install. */
export async function noRuntime(panel) {
  const env = { WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe,winedbg.exe=;vcruntime140=d' };
  const plan = await panel.cli(['plan', '--provider', 'stub', 'Hello'], undefined, env);
  ok(plan.code === 0, plan.text);
  const input = panel.write('texts/no-runtime.txt', 'one\n');
  const files = [input, join(panel.root, 'texts', 'no-runtime.jsonl')].map(windowsPath);
  const batch = await panel.cli(['batch', '--provider', 'stub', ...files, '--yes'], undefined, env);
  ok(batch.code !== 0 && batch.text.includes('https://aka.ms/vs/17/release/vc_redist.x64.exe'), batch.text);
  ok(!/\n\s+at /.test(batch.text), `a stack trace: ${batch.text}`);
}
