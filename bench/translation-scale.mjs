import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { sourceLoader } from './support/load-source.mjs';

// node bench/translation-scale.mjs [units] [files] [text|json-map|renpy]: measures time and memory for importing a game with
// this many lines, importing it again unchanged, listing, filtering and planning it, an update of thirty lines, and the
// export of all lines. On a busy machine, the CPU time of all threads is more meaningful than the seconds. Memory is the
// maximum above the start value; the limit is eight times the largest file plus 300 MB.

const [, , units = 1_000_000, files = 100] = process.argv.map(Number);
const format = process.argv[4] ?? 'text';
const line = (n) => `${n}番目の台詞。「明日、駅で会いましょう」と彼女は言った。`;
/** By format: the file extension, and the content of a file with these lines. */
const formats = {
  text: ['txt', (numbers) => numbers.map(line).join('\n')],
  'json-map': [
    'json',
    (numbers) => JSON.stringify(Object.fromEntries(numbers.map((n) => [line(n), ''])), null, 1),
  ],
  renpy: [
    'rpy',
    (numbers) => `label scene_${numbers[0]}:\n${numbers.map((n) => `    eileen "${line(n)}"\n`).join('')}`,
  ],
};
const [ending, contentOf] = formats[format] ?? [];
if (!contentOf) throw new Error(`unknown format "${format}": choose ${Object.keys(formats).join(', ')}`);
const { load, close } = await sourceLoader();
const { createCore } = await load('../core/app/services.ts');
const { createSettings } = await load('../core/app/settings.ts');
const { memorySettings } = await load('../core/app/settings-file.ts');
const { FolderLock } = await load('../core/lib/files/folder-lock.ts');
const { sessionSecrets } = await load('../core/secrets/session-secrets.ts');

const root = mkdtempSync(join(tmpdir(), 'translation-scale-'));
const game = join(root, 'game', ...(format === 'renpy' ? ['game'] : []));
mkdirSync(game, { recursive: true });
const perFile = Math.ceil(units / files);
let largest = 0;
for (let file = 0; file < files; file++) {
  const numbers = Array.from({ length: perFile }, (_, i) => file * perFile + i);
  const path = join(game, `${String(file).padStart(4, '0')}.${ending}`);
  writeFileSync(path, contentOf(numbers));
  largest = Math.max(largest, statSync(path).size);
}
const core = createCore({
  host: 'headless',
  version: 'bench',
  env: {},
  now: Date.now,
  paths: { appRoot: join(import.meta.dirname, '..'), runtimeRoot: join(root, 'runtime') },
  secrets: sessionSecrets(),
  lock: new FolderLock(join(root, 'runtime')),
  settings: createSettings(memorySettings()),
  fallbackRuntime: null,
});
const context = { requestId: 'bench', door: 'cli', signal: new AbortController().signal };

async function ask(name, input) {
  const answer = await core.dispatcher.dispatch(name, input, context);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
  return answer.data;
}

/** Resident memory of the process in MB, including its threads. */
const residentMb = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
const before = residentMb();
const allowed = (8 * largest) / 1e6 + 300;

async function measured(title, work) {
  const atStart = residentMb() - before;
  let max = 0;
  const timer = setInterval(() => (max = Math.max(max, residentMb() - before)), 50);
  const started = performance.now();
  const used = process.cpuUsage();
  const result = await work();
  clearInterval(timer);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  const busy = (user + system) / 1e6;
  const verdict = max <= allowed ? 'within' : 'ABOVE';
  console.log(
    `${title}: ${seconds.toFixed(1)} s, ${Math.round(units / seconds)} units per second, ${busy.toFixed(1)} s of CPU time (${((busy * 1e6) / units).toFixed(1)} µs per unit); ${max.toFixed(0)} MB (${atStart.toFixed(0)} at its start), ${verdict} ${allowed.toFixed(0)} MB`,
  );
  return result;
}

const { project } = await ask('translate.create', {
  game: join(root, 'game'),
  source_language: 'Japanese',
  target_language: 'English',
  provider: 'stub',
});
const id = project.id;
await measured('import', () => ask('translate.import', { project: id }));
await measured('import again', () => ask('translate.import', { project: id }));
await measured('list', async () => {
  let count = 0;
  for (let after = 0; ;) {
    const page = await ask('translate.units', { project: id, after, limit: 1000 });
    count += page.units.length;
    if (page.next === null) break;
    after = page.next;
  }
  if (count !== perFile * files) throw new Error(`${count} units were listed`);
});
// A text that occurs in only one line, in the middle, so the filter reads every page.
const sought = String(Math.floor(units / 2)) + '番目';
await measured('filter', () => ask('translate.units', { project: id, text: sought, limit: 100 }));
await measured('counts', () => ask('translate.get', { project: id }));
const plan = await measured('plan', () => ask('translate.plan', { project: id, show_groups: 0 }));
console.log(`${plan.groups} requests, ${plan.prompt_tokens} tokens`);
if (units <= 200_000)
  await measured('offline run', () => ask('translate.run', { project: id, mock: true, wait: true }));

/** Writes a translation of every line into the database. At a provider, a million lines would take hours. */
function translateAll() {
  const database = new Database(join(root, 'runtime', 'data', 'llm.db'));
  database.exec('pragma busy_timeout = 5000');
  const { last } = database.prepare('select max(ordinal) as last from translation_units').get();
  const fill = database.prepare(
    `update translation_units set target = 'Line ' || ordinal || '. "See you at the station tomorrow," she said.',
      state = 'draft', origin = 'model' where project = ? and ordinal between ? and ?`,
  );
  for (let from = 0; from <= last; from += 10_000) fill.run(id, from, from + 9999);
  database.close();
}
translateAll();
// Adds thirty lines in the middle of the first file.
const first = Array.from({ length: perFile }, (_, i) => i);
first.splice(perFile / 2, 0, ...Array.from({ length: 30 }, (_, i) => 1e9 + i));
writeFileSync(join(game, `0000.${ending}`), contentOf(first));
const update = await measured('import of 30 new lines', () => ask('translate.import', { project: id }));
const planned = await measured('plan of 30 new lines', () =>
  ask('translate.plan', { project: id, show_groups: 0 }),
);
console.log(
  `${update.new} new, ${update.changed} changed; ${planned.units} lines in ${planned.groups} requests`,
);
await measured('export', () => ask('translate.export', { project: id }));
await core.close();
await close();
rmSync(root, { recursive: true, force: true });
