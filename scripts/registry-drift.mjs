import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { sourceLoader } from '../bench/support/load-source.mjs';
import { anthropicModels, catalogueModels, compareModels, openAiModels } from './support/drift-models.mjs';
import { catalogueRates, comparePrice, tableRates } from './support/drift-prices.mjs';
import { compareRules } from './support/drift-rules.mjs';
import { knownDifferences } from './support/known-differences.mjs';

// node scripts/registry-drift.mjs [--from FOLDER] [--strict]: lists where registry/ differs from the vendors'
// newest packages. They are installed into a temporary folder, or taken from the --from folder. Nothing is
// changed and no provider is called. With --strict the exit code is 1 if a difference is not explained in
// registry/known-differences.json.

const packages = [
  'openai',
  '@anthropic-ai/sdk',
  '@ai-sdk/openai',
  '@ai-sdk/anthropic',
  '@ai-sdk/google',
  '@pydantic/genai-prices',
  '@earendil-works/pi-ai',
];
const catalogues = {
  openai_public: 'openai',
  anthropic_public: 'anthropic',
  google_gemini: 'google',
  azure_openai: 'azure',
  openrouter: 'openrouter',
};
const tableIds = { ...catalogues, google_gemini: 'google' };

const { values: options } = parseArgs({
  options: { from: { type: 'string' }, strict: { type: 'boolean', default: false } },
});
const root = resolve(import.meta.dirname, '..');
const day = new Date().toISOString().slice(0, 10);
const scratch = options.from ? resolve(options.from) : mkdtempSync(join(tmpdir(), 'registry-drift-'));

function install() {
  // By tag: some packages need a newer Node, and npm would then install an older release.
  const newest = packages.map((name) => `${name}@latest`);
  const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--force', '--loglevel=error'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['install', '--prefix', scratch, ...flags, ...newest], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

const inPackage = (...path) => join(scratch, 'node_modules', ...path);
const text = (...path) => readFileSync(inPackage(...path), 'utf8');
const json = (...path) => JSON.parse(text(...path));
const load = (name) => import(pathToFileURL(createRequire(join(scratch, 'x.js')).resolve(name)).href);

const known = knownDifferences(
  JSON.parse(readFileSync(join(root, 'registry', 'known-differences.json'), 'utf8')),
);
let drift = 0;
function section(title, lines) {
  const fresh = lines.filter((line) => !known.explains(title, line));
  const explained = lines.length - fresh.length;
  drift += fresh.length;
  console.log(
    `\n${title}${fresh.length ? '' : ': nothing'}${explained ? ` (${explained} explained in known-differences.json)` : ''}`,
  );
  for (const line of fresh) console.log(`  ${line}`);
}

async function ourPlans() {
  const { load: source, close } = await sourceLoader();
  const { RegistryStore } = await source('registry/registry-store.ts');
  const { Redactor } = await source('lib/redact.ts');
  const { silentLog } = await source('lib/log/log.ts');
  const { factsOf } = await source('registry/model-facts.ts');
  const { findModel } = await source('registry/active-preset.ts');
  const { applyRules, applyToRequest } = await source('chat/plan/apply-rules.ts');
  const { translateReasoning } = await source('chat/plan/reasoning.ts');
  const { adapterFor } = await source('../adapters/index.ts');
  const redactor = new Redactor();
  const paths = { appRoot: root, runtimeRoot: join(scratch, 'none') };
  const registry = new RegistryStore(() => ({ ...paths, env: {}, redactor, now: Date.now() }), silentLog)
    .current;
  const plan = (name, id, wantedParams) => {
    const provider = registry.providers.get(name);
    const model = findModel(provider.models, id) ?? { id, wireId: id, rules: [] };
    const facts = factsOf(registry.rules, provider, model);
    const params = Object.fromEntries(Object.entries(wantedParams).filter(([, value]) => value !== null));
    const { options: reasoned } = translateReasoning(facts.reasoning, provider.adapter, id, params);
    const ruled = applyRules(facts.rules, id, reasoned);
    const chat = { messages: [{ role: 'user', content: 'hi' }], params: ruled.params, stream: false };
    const target = { provider: name, model: model.wireId, settings: provider.settings };
    const { body, headers, query } = adapterFor(provider.adapter).toRequest(chat, target);
    const request = { adapter: provider.adapter, body, headers, query };
    return applyToRequest(facts.rules, id, request, ruled.broken).body;
  };
  return { plan, close };
}

async function compare() {
  const { records } = JSON.parse(readFileSync(join(root, 'registry', 'lifecycle.json'), 'utf8'));
  const of = (provider) => records.filter((record) => record.provider === provider);
  const alive = ({ shutdown, status }) =>
    status !== 'retired' && status !== 'never_released' && !(shutdown && shutdown <= day);
  console.log(`registry/ beside the newest packages, ${day}:`);
  for (const name of packages) console.log(`  ${name} ${json(name, 'package.json').version}`);

  const vendors = {
    openai_public: openAiModels(text('openai', 'resources', 'shared.d.ts')),
    anthropic_public: anthropicModels(
      text('@anthropic-ai', 'sdk', 'resources', 'messages', 'messages.d.ts'),
      text('@anthropic-ai', 'sdk', 'internal', 'data', 'deprecated-models.js'),
    ),
  };
  for (const [provider, list] of Object.entries(vendors)) {
    const { fresh, ends, unlisted } = compareModels(of(provider), list, day);
    section(`${provider}: ends that differ`, ends);
    section(`${provider}: ours that they do not list`, unlisted);
    section(`${provider}: theirs that we do not list`, fresh);
  }

  const { calcPrice } = await load('@pydantic/genai-prices');
  const prices = [];
  for (const [provider, file] of Object.entries(catalogues)) {
    const catalogue = catalogueModels(
      json('@earendil-works', 'pi-ai', 'dist', 'providers', 'data', `${file}.json`),
    );
    for (const record of of(provider).filter(alive)) {
      const id = record.wire_id ?? record.listed_id;
      const listed = catalogue.get(id) ?? catalogue.get(record.listed_id);
      if (listed) prices.push(...comparePrice(record, catalogueRates(listed), 'pi-ai', day));
      const found = calcPrice({ input_tokens: 0, output_tokens: 0 }, id, {
        providerId: tableIds[provider],
        timestamp: new Date(),
      });
      // The match is fuzzy, so the price of another model is ignored.
      if (found && (found.model.id === id || found.model.id === record.pricing?.matched))
        prices.push(...comparePrice(record, tableRates(found.model_price), 'genai-prices', day));
    }
  }
  section('Prices that differ', [...prices]);

  const { createOpenAI } = await load('@ai-sdk/openai');
  const { createAnthropic } = await load('@ai-sdk/anthropic');
  const libraries = [
    {
      provider: 'openai_public',
      create: createOpenAI,
      off: { providerOptions: { openai: { reasoningEffort: 'none' } } },
    },
    { provider: 'anthropic_public', create: createAnthropic },
  ];
  const asked = Object.fromEntries(
    Object.entries(vendors).map(([provider, { models, ends }]) => [
      provider,
      models.filter(
        (id) =>
          !(ends.get(id) <= day) && /^(?:gpt-\d|o\d|claude-)/.test(id) && !/audio|search|codex/.test(id),
      ),
    ]),
  );
  const { plan, close } = await ourPlans();
  try {
    section('Parameters that differ', await compareRules(libraries, asked, plan));
  } finally {
    await close();
  }
  section('Explained in known-differences.json, and not found any more', known.unseen());
}

try {
  if (!options.from) install();
  await compare();
  console.log(
    `\n${drift} unexplained ${drift === 1 ? 'difference' : 'differences'}. registry/README.md says what to do with them.`,
  );
} finally {
  if (!options.from) rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = options.strict && drift ? 1 : 0;
