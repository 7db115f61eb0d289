import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { sourceLoader } from './support/load-source.mjs';

// node bench/translation-tokens.mjs [group lines…]: counts the tokens (o200k) for translating the dialogue of Ren'Py's own
// tutorial from English to Japanese, from the exact bytes of the requests. Needs Debian's package `renpy-demo`.

const demo = '/usr/share/games/renpy/demo';
const packaged = existsSync(join(demo, 'game', 'script.rpy'));
if (!packaged) {
  console.log('Skipped: Debian’s package renpy-demo is not installed.');
  process.exit(0);
}
const sizes = process.argv.slice(2).map(Number);
const { load, close } = await sourceLoader();
const { createCore } = await load('../core/app/services.ts');
const { createSettings } = await load('../core/app/settings.ts');
const { memorySettings } = await load('../core/app/settings-file.ts');
const { FolderLock } = await load('../core/lib/files/folder-lock.ts');
const { sessionSecrets } = await load('../core/secrets/session-secrets.ts');
const { renpy } = await load('../formats/renpy/format.ts');
const { filesBelow } = await load('../core/translation/import/find-files.ts');

const root = mkdtempSync(join(tmpdir(), 'translation-tokens-'));
const appRoot = join(import.meta.dirname, '..');
const core = createCore({
  host: 'headless',
  version: 'bench',
  env: {},
  now: Date.now,
  paths: { appRoot, runtimeRoot: join(root, 'runtime') },
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

/** The dialogue as a list of messages for each label, without the texts of menus and screens. */
function dialogueGame() {
  const paths = filesBelow(demo).filter((path) => /\.rpym?$/.test(path) && !path.includes('/tl/'));
  const sources = paths.map((path) => ({ path, bytes: readFileSync(join(demo, path)) }));
  const options = renpy.survey(sources);
  const game = join(root, 'dialogue');
  mkdirSync(game);
  let scenes = 0;
  let lines = 0;
  for (const { path, bytes } of sources) {
    let scene;
    let list = [];
    const write = () => {
      if (!list.length) return;
      writeFileSync(join(game, `${String(++scenes).padStart(4, '0')}.json`), JSON.stringify(list));
      list = [];
    };
    for (const unit of renpy.read(bytes, path, options).units) {
      if (unit.key.startsWith('strings:')) continue;
      if (unit.scene !== scene) write();
      scene = unit.scene;
      lines++;
      list.push({ name: unit.speaker ?? '', message: unit.source });
    }
    write();
  }
  return { game, lines };
}

async function planOf(game, groupLines, more = {}) {
  const settings = { provider: 'openai_public', model: 'gpt-6-luna', group_lines: groupLines, ...more };
  const { project } = await ask('translate.create', {
    game,
    folder: mkdtempSync(join(root, 'project-')),
    source_language: 'English',
    target_language: 'Japanese',
    ...settings,
  });
  const report = await ask('translate.import', { project: project.id });
  const { project: view } = await ask('translate.get', { project: project.id });
  return { report, view, plan: await ask('translate.plan', { project: project.id, show_groups: 100_000 }) };
}

/** Prompt tokens of a body as OpenAI counts them: the messages with their overhead, and the schema. */
function promptTokens({ messages, response_format: format }) {
  const texts = messages.reduce((sum, { content }) => sum + countTokens(content) + 3, 3);
  return texts + countTokens(JSON.stringify(format?.json_schema?.schema ?? {}));
}

function bodyLines({ messages }) {
  const [, after] = messages.at(-1).content.split(/(?:^|\n)Translate:\n/);
  return (after ?? messages.at(-1).content).split('\n').filter((line) => /^\d+\|/.test(line));
}

const { game, lines } = dialogueGame();
cpSync(demo, join(root, 'demo'), { recursive: true });
for (const size of sizes.length ? sizes : [20, 40, 60]) {
  const { plan, view } = await planOf(game, size, { formats: ['json-list'] });
  const bodies = plan.first_groups.map(({ body }) => body);
  const tokens = bodies.reduce((sum, body) => sum + promptTokens(body), 0);
  const prefix = countTokens(bodies[0].messages[0].content);
  const asked = bodies.flatMap(bodyLines);
  const texts = asked.map((line) => line.slice(line.indexOf('|') + 1));
  const written = bodies.map((body) => JSON.stringify({ lines: bodyLines(body) }));
  const bare = texts.reduce((sum, text) => sum + countTokens(text), 0);
  const format = (written.reduce((sum, text) => sum + countTokens(text), 0) - bare) / asked.length;
  console.log(
    `${lines} lines of dialogue, groups of ${size}: ${plan.groups} requests, ${tokens} prompt tokens (estimated: ` +
      `${plan.prompt_tokens}); instructions ${prefix}; ${plan.units} lines sent (repeated lines once, plus the speakers' names), ` +
      `${view.units.by_state.draft ?? 0} without letters; ${bare} tokens of text; ${format.toFixed(2)} tokens of format per line ` +
      `of the reply`,
  );
}
const { plan, report } = await planOf(join(root, 'demo'), 40, { target_language: 'Esperanto' });
console.log(
  `the whole game with menus and screens: ${report.units} units, ${plan.groups} requests, ${plan.prompt_tokens} prompt tokens`,
);
await core.close();
await close();
rmSync(root, { recursive: true, force: true });
