import '../support/check-node.mjs';
import { mkdtempSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine } from '../support/totals.mjs';
import { killedBatch, longPath, noRuntime, readingCommands, reservedNames } from './acceptance/commands.mjs';
import { heldFiles, heldOutput, http, repeatedChanges } from './acceptance/files.mjs';
import { Panel } from './acceptance/panel.mjs';
import { refusedPort } from './acceptance/ports.mjs';
import { startProvider } from './acceptance/provider.mjs';
import { prepareWine, whyNoWine, windowsPath } from './wine.mjs';

/** A path of this many characters, counted as Windows sees it, in a folder. */
function longFolder(work, length) {
  const missing = length - windowsPath(work).length;
  const parts = Array.from({ length: Math.ceil(missing / 60) }, (_, n) => String(n).padEnd(59, 'x'));
  return join(work, ...parts).slice(0, work.length + missing);
}

function runtimeRoot(root) {
  mkdirSync(join(root, 'config'), { recursive: true });
  const features = { enable_public_llm: true };
  writeFileSync(join(root, 'config', 'comfyvn.json'), JSON.stringify({ features }));
  return root;
}

const totals = { passed: 0, failed: 0 };

async function check(title, task) {
  const started = Date.now();
  try {
    const text = await task();
    totals.passed++;
    console.log(
      `ok      ${title}${text ? `: ${text}` : ''} (${Math.round((Date.now() - started) / 1000)} s)`,
    );
  } catch (error) {
    totals.failed++;
    console.log(`FAILED  ${title}\n        ${error.message.replaceAll('\n', '\n        ')}`);
  }
}

async function runAll(work, { lines, wanted }) {
  const folder = await prepareWine(console.log);
  const provider = await startProvider();
  const env = {
    COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: provider.url,
    COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: 'a-key-for-the-provider-of-this-test',
    COMFYVN_LLM_DAILY_BUDGET_USD: '1000',
  };
  const root = runtimeRoot(join(work, 'Meine Daten 日本語'));
  const panel = new Panel({ folder, work, root, env });
  const deep = new Panel({ folder, work, root: runtimeRoot(longFolder(work, 338)), env });
  const on = (name, title, task) => (wanted(name) ? check(title, task) : undefined);
  await on('commands', 'providers, plan, check, in a folder with spaces and Japanese letters', () =>
    readingCommands(panel),
  );
  await on('batch', `a batch of ${lines} lines, three kills, resumed`, () =>
    killedBatch(panel, provider, lines),
  );
  await on('held', 'a batch whose output another program has open', () => heldOutput(panel, provider));
  await on('long', 'a path longer than 260 characters', () => longPath(deep, provider));
  await on('runtime', 'a Windows without the Visual C++ runtime', () => noRuntime(panel));
  await on('ports', 'a port that Windows has set aside', () => refusedPort(panel));
  if (wanted('serve')) {
    const server = await panel.serve();
    await check('serve, called over HTTP', () => http(server));
    await check('200 changes while the files are watched', () => repeatedChanges(server, panel, 200));
    await check('files held by another program, each share mode', () => heldFiles(server, panel));
    await check('reserved names', () => reservedNames(server, panel));
    await server.end();
  }
  provider.close();
}

/**
 * Uses the built product like a user on Windows.
 * @param {{ lines?: number, names?: string[] }} [options] the length of the batch; the parts: commands, batch, held, long,
 *   runtime, ports, serve
 * @returns {Promise<import('../support/totals.mjs').Totals>}
 * @throws if wine cannot be set up
 */
export async function runAcceptance({ lines = 6000, names = [] } = {}) {
  const why = whyNoWine();
  if (why) {
    console.log(`Not run: ${why}`);
    return { ...totals, notRun: why };
  }
  const work = mkdtempSync(join(tmpdir(), 'panel-acceptance-'));
  try {
    await runAll(work, { lines, wanted: (name) => names.length === 0 || names.includes(name) });
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 3 });
  }
  return totals;
}

// node scripts/windows/acceptance.mjs [--lines=6000] [names of parts]
if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) {
  const words = process.argv.slice(2);
  const lines = Number(words.find((word) => word.startsWith('--lines='))?.slice(8) ?? 6000);
  await runAcceptance({ lines, names: words.filter((word) => !word.startsWith('--')) });
  console.log(closingLine([totals]));
  process.exitCode = totals.failed > 0 ? 1 : 0;
}
