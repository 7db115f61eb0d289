import { options } from './support/options.mjs';
import { projectRoot, temporaryRoot } from './support/processes.mjs';
import { median, table } from './support/table.mjs';
import { sourceLoader } from './support/load-source.mjs';

// node bench/planner.mjs [--ms 1000] [--rounds 5]: measures plans per second of CPU time for each protocol. A plan goes from
// a chat to the final bytes and their hash: resolve, merge options, apply rules, translate. Nothing is sent.

const { ms, rounds } = options({ ms: 1000, rounds: 5 });
const { load, close } = await sourceLoader();
const { Planner } = await load('chat/planner.ts');
const { RegistryStore } = await load('registry/registry-store.ts');
const { RuntimeAdapters } = await load('registry/runtime/runtime-adapters.ts');
const { KeyFinder } = await load('secrets/key-finder.ts');
const { sessionSecrets } = await load('secrets/session-secrets.ts');
const { Redactor } = await load('lib/redact.ts');
const { FeatureFlags } = await load('registry/features/feature-flags.ts');
const { FolderLock } = await load('lib/files/folder-lock.ts');
const { silentLog } = await load('lib/log/log.ts');

const redactor = new Redactor();
const env = { OPENAI_API_KEY: 'sk-measurement-of-plans', ANTHROPIC_API_KEY: 'sk-measurement-of-plans-2' };
const paths = { appRoot: projectRoot, runtimeRoot: temporaryRoot() };
const registry = new RegistryStore(() => ({ ...paths, env, redactor, now: Date.now() }), silentLog);
const runtime = new RuntimeAdapters(() => registry.current, redactor);
const base_url = 'http://127.0.0.1:9/llm';
runtime.register({ id: 'house', provider: 'proxy', metadata: { base_url, models: ['house-model'] } });
const planner = new Planner({
  registry: () => registry.current,
  runtime,
  keys: new KeyFinder(env, sessionSecrets(), redactor),
  flags: new FeatureFlags(paths.runtimeRoot, env, new FolderLock(paths.runtimeRoot)),
  redactor,
  now: Date.now,
  version: '0',
  instanceId: '00000000',
});

const schema = {
  type: 'object',
  properties: { narration: { type: 'string' }, choice_id: { type: ['string', 'null'] } },
  required: ['narration', 'choice_id'],
};
const messages = [
  { role: 'system', content: 'You write dialogue for a visual novel set in a quiet harbour town.' },
  { role: 'user', content: 'Continue the scene in which Mika finds the ledger. Keep it under 120 words.' },
];
const protocols = [
  ['OpenAI', 'openai_public/gpt-4o-mini'],
  ['Azure', 'azure_openai/gpt-4o'],
  ['OpenRouter', 'openrouter/qwen/qwen-2.5-72b-instruct'],
  ['Anthropic', 'anthropic_public/claude-haiku-4-5-20251001'],
  ['Gemini', 'google_gemini/gemini-3.5-flash-lite'],
  ['Ollama', 'ollama_default/mistral:latest'],
  ['ComfyVN proxy', 'house/house-model'],
];

/** CPU time of this process in ms, so other load on the machine does not count. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Plans per second of CPU time. */
function rate(request) {
  let count = 0;
  const started = cpuMs();
  while (cpuMs() - started < ms)
    for (let i = 0; i < 100; i++, count++) planner.plan(planner.resolve(request), request, {});
  return (count * 1000) / (cpuMs() - started);
}

const chats = protocols.map(([name, model]) => {
  const chat = { model, messages, params: { temperature: 0.7, max_tokens: 256 } };
  return { name, chat, withSchema: { ...chat, schema }, plain: [], schemas: [] };
});
for (let round = 0; round <= rounds; round++)
  for (const one of chats) {
    const [plain, schemas] = [rate(one.chat), rate(one.withSchema)];
    // The first round is a warm-up.
    if (round === 0) continue;
    one.plain.push(plain);
    one.schemas.push(schemas);
  }

const thousands = (values) => `${(median(values) / 1000).toFixed(1)}`;
console.log(
  table(
    ['protocol', 'thousand plans per second of CPU time', 'with a schema'],
    chats.map(({ name, plain, schemas }) => [name, thousands(plain), thousands(schemas)]),
  ),
);
await close();
process.exit(0);
