import type { ErrorCode } from '../../../contract/errors.ts';
import { providerErrorCodes } from '../../../contract/errors.ts';
import { trialDocs } from './trial-docs.ts';

export interface RouteDoc {
  tag: string;
  summary: string;
  /** In addition to errors that every route may answer. */
  errors?: readonly ErrorCode[];
  /** Request bodies that work, by name. */
  examples?: Readonly<Record<string, unknown>>;
  /** Values for the URL's parameters. */
  params?: Readonly<Record<string, string>>;
  /** Descriptions of query fields beyond their schemas. */
  query?: Readonly<Record<string, string>>;
}

const names: readonly ErrorCode[] = [
  'unknown_provider',
  'unknown_model',
  'unknown_module',
  'not_found',
  'ambiguous_model',
];

/** Errors of a live call. */
export const callErrors: readonly ErrorCode[] = [
  ...names,
  ...providerErrorCodes,
  'unsafe_address',
  'parameter_refused',
  'budget_exceeded',
  'cost_unbounded',
  'ledger_unavailable',
  'price_unknown',
  'feature_disabled',
  'missing_key',
  'not_configured',
  'model_retired',
  'output_schema_mismatch',
  'cancelled',
  'loop_detected',
];

const projectErrors: readonly ErrorCode[] = ['not_found', 'file_unreadable', 'ledger_unavailable'];
const packErrors: readonly ErrorCode[] = ['pack_variables_invalid', 'pack_template_failed'];
const messages = [{ role: 'user', content: 'Say hello to Mira.' }];
const translate = { source_text: 'Good morning!', target_language: 'Japanese' };
const persona = {
  persona_id: 'mira',
  style_guides: ['Speaks in short, dry sentences.'],
  memory: [{ role: 'user', content: 'We met at the harbour.' }],
};

/** By method and path as in the route table. */
export const routeDocs: Readonly<Record<string, RouteDoc>> = {
  'GET /health': { tag: 'Server', summary: 'Whether the server lives, and where it listens' },
  'GET /api/llm/registry': {
    tag: 'Registry',
    summary: 'Providers, models, module presets, flags and warnings',
    query: { diagnostics: 'Ask each enabled provider for its free model list, in parallel, 3 s each.' },
  },
  'POST /api/llm/refresh': {
    tag: 'Registry',
    summary: 'Read every file again; a broken one hides only itself',
    errors: ['registry_invalid'],
    examples: { plain: {} },
  },
  'GET /api/llm/runtime': { tag: 'Runtime adapters', summary: 'The adapters registered since the start' },
  'POST /api/llm/runtime/register': {
    tag: 'Runtime adapters',
    summary: 'Register an adapter, in memory only; the same id again replaces it',
    errors: ['unknown_provider', 'id_taken', 'unsafe_address'],
    examples: {
      local: {
        id: 'my-local',
        provider: 'lmstudio_local',
        metadata: { base_url: 'http://127.0.0.1:1234/v1', models: ['qwen2.5-7b-instruct'] },
      },
    },
  },
  'DELETE /api/llm/runtime/:id': {
    tag: 'Runtime adapters',
    summary: 'Forget an adapter, whether it was there or not',
    params: { id: 'my-local' },
  },
  'POST /api/llm/test-call': {
    tag: 'Chat',
    summary: 'Try a provider without spending: cloud providers are planned unless `live` is true',
    errors: callErrors,
    examples: {
      stub: { registry_id: 'stub', prompt: 'Say hello to Mira.' },
      planned: { registry_id: 'openai_public', messages },
    },
  },
  'POST /api/llm/chat': {
    tag: 'Chat',
    summary: 'A chat: planned (`dry_run`), answered whole, or as a stream (`stream`)',
    errors: [...callErrors, ...packErrors],
    examples: {
      stub: { provider: 'stub', messages },
      dry_run: { module: 'narrator', messages, dry_run: true },
      stream: { provider: 'stub', messages, stream: true },
      scene: { provider: 'stub', scene_id: 'harbor', message: 'Will the boat hold?', pov: 'Mika' },
    },
  },
  'GET /api/llm/prompt-pack': { tag: 'Prompt packs', summary: 'The packs there are' },
  'GET /api/llm/prompt-pack/:module': {
    tag: 'Prompt packs',
    summary: 'One pack: templates, variables, schema, checks, samples',
    errors: ['unknown_module', 'not_found'],
    params: { module: 'translate' },
  },
  'POST /api/llm/prompt-pack/:module': {
    tag: 'Prompt packs',
    summary: 'Fill a pack in; with `send` it goes on as a chat call',
    errors: [...callErrors, ...packErrors],
    params: { module: 'translate' },
    examples: {
      rendered: { variables: translate },
      sent: { variables: translate, send: true, provider: 'stub' },
    },
  },
  'GET /api/llm/spend': {
    tag: 'Calls',
    summary: 'What was spent, what is reserved, and each call of which nobody knows what it came to',
    query: { days: 'How many days back, today included; 30 unless set.' },
    errors: ['ledger_unavailable'],
  },
  'GET /api/llm/calls': {
    tag: 'Calls',
    summary: 'The call log, newest first',
    query: {
      before: 'The `next` of the page before.',
      text: 'Found in names, request id and error.',
      day: 'YYYY-MM-DD, UTC.',
    },
  },
  'GET /api/llm/calls/:id': { tag: 'Calls', summary: 'One call with its attempts', errors: ['not_found'] },
  'GET /api/providers/llm/registry': {
    tag: "ComfyVN's router",
    summary: 'Public providers, their models, tags and price pages',
  },
  'GET /api/providers/llm/public/catalog': { tag: "ComfyVN's router", summary: 'Public providers' },
  'POST /api/providers/llm/chat': {
    tag: "ComfyVN's router",
    summary: 'Plan a chat to a public provider; never sent. `ok: false` with a reason for an unknown one',
    errors: [...names, 'loop_detected'],
    examples: { openai: { provider: 'openai', messages }, unknown: { provider: 'nobody', messages } },
  },
  'GET /api/emulation/status': { tag: 'Persona emulation', summary: 'Whether it is on, and the personas' },
  'POST /api/emulation/toggle': {
    tag: 'Persona emulation',
    summary: 'Switch it on or off, in config/comfyvn.json',
    errors: ['file_unreadable'],
    examples: { on: { enabled: true } },
  },
  'POST /api/emulation/persona': {
    tag: 'Persona emulation',
    summary: 'Make or change a persona',
    examples: { mira: persona },
  },
  'POST /api/emulation/chat': {
    tag: 'Persona emulation',
    summary: 'Talk to a persona; its turns are remembered',
    errors: [...callErrors, ...packErrors, 'emulation_off'],
    examples: { mira: { persona_id: 'mira', provider: 'stub', messages } },
  },
  'POST /api/translate/batch': {
    tag: "ComfyVN's translation",
    summary: 'Texts from the memory; what is not in it is translated, or planned (`dry_run`)',
    errors: [...callErrors, ...packErrors],
    examples: {
      planned: { items: [{ key: 'menu.start', source: 'Start' }], target: 'fr', dry_run: true },
      stub: { strings: ['Good morning!'], target: 'ja', provider: 'stub' },
    },
  },
  'GET /api/translate/review': {
    tag: "ComfyVN's translation",
    summary: 'Entries of the memory that wait for a person, or were reviewed; calls no model',
    query: { status: '`pending`, `reviewed` or `all`.', include_meta: 'true for each entry’s `meta`.' },
    errors: ['ledger_unavailable'],
  },
  'POST /api/translate/review': {
    tag: "ComfyVN's translation",
    summary: 'Change or approve one entry, by `id` or by `lang` and `key`',
    errors: ['not_found', 'ledger_unavailable'],
  },
  'GET /api/translate/export/json': {
    tag: "ComfyVN's translation",
    summary: 'What was reviewed',
    errors: ['ledger_unavailable'],
  },
  'GET /api/translate/export/po': {
    tag: "ComfyVN's translation",
    summary: 'What was reviewed, as a gettext file',
    errors: ['ledger_unavailable'],
  },
  'GET /api/translate/projects': {
    tag: 'Translation projects',
    summary: 'Every project',
    errors: ['ledger_unavailable'],
  },
  'POST /api/translate/projects': {
    tag: 'Translation projects',
    summary: 'Make a project for a game below COMFYVN_LLM_PROJECT_ROOTS',
    errors: ['file_unreadable', 'ledger_unavailable'],
  },
  'GET /api/translate/projects/:project': {
    tag: 'Translation projects',
    summary: 'How far a project is, and its last run',
    errors: projectErrors,
  },
  'POST /api/translate/projects/:project/import': {
    tag: 'Translation projects',
    summary: 'Read the game again: what is new, what changed, what is gone',
    errors: projectErrors,
  },
  'GET /api/translate/projects/:project/plan': {
    tag: 'Translation projects',
    summary: 'A dry run: requests, tokens and price',
    errors: [...projectErrors, ...callErrors, ...packErrors],
  },
  'POST /api/translate/projects/:project/run': {
    tag: 'Translation projects',
    summary: 'Translate what is new; answers when it has begun, or with `wait` when it is over',
    errors: projectErrors,
  },
  'POST /api/translate/projects/:project/retry': {
    tag: 'Translation projects',
    summary: 'Ask again for flagged lines, telling what was wrong',
    errors: projectErrors,
  },
  'POST /api/translate/projects/:project/pause': {
    tag: 'Translation projects',
    summary: 'Begin no further request',
    errors: projectErrors,
  },
  'POST /api/translate/projects/:project/cancel': {
    tag: 'Translation projects',
    summary: 'End a run; with `give_up` also what is under way, which may have been paid',
    errors: projectErrors,
  },
  'GET /api/translate/projects/:project/groups': {
    tag: 'Translation projects',
    summary: 'Requests of the runs; `state=unknown` for those that may have been paid',
    errors: projectErrors,
  },
  'GET /api/translate/projects/:project/units': {
    tag: 'Translation projects',
    summary: 'Lines, page by page',
    query: { after: 'The `next` of the page before.', state: 'One or several, with commas between.' },
    errors: projectErrors,
  },
  'POST /api/translate/projects/:project/update': {
    tag: 'Translation projects',
    summary: 'A person’s text or state for one line',
    errors: projectErrors,
  },
  'POST /api/translate/projects/:project/approve': {
    tag: 'Translation projects',
    summary: 'Accept all lines that a filter names',
    errors: projectErrors,
  },
  'GET /api/translate/projects/:project/glossary': {
    tag: 'Translation projects',
    summary: 'Terms and characters',
    errors: projectErrors,
  },
  'POST /api/translate/projects/:project/glossary': {
    tag: 'Translation projects',
    summary: 'Write glossary.csv',
    errors: projectErrors,
  },
  'POST /api/translate/projects/:project/export': {
    tag: 'Translation projects',
    summary: 'Write the translated files',
    errors: projectErrors,
  },
  'POST /api/translate/projects/:project/replace': {
    tag: 'Translation projects',
    summary: 'Search and replace in translations, after a `preview` of what it would do',
    errors: projectErrors,
  },
  'POST /api/translate/projects/:project/configure': {
    tag: 'Translation projects',
    summary: 'Change settings of project.json; null takes one out',
    errors: projectErrors,
  },
  'POST /api/translate/projects/:project/remove': {
    tag: 'Translation projects',
    summary: 'Take a project out of the list; its folder stays',
    errors: projectErrors,
  },
  'GET /api/translate/projects/:project/index': {
    tag: 'Translation projects',
    summary: 'Where the lines of a filter are: pairs of a first `ordinal` and how many follow',
    errors: projectErrors,
  },
  'GET /api/translate/projects/:project/facets': {
    tag: 'Translation projects',
    summary: 'Files, speakers and problems, counted',
    errors: projectErrors,
  },
  'GET /api/translate/projects/:project/unit': {
    tag: 'Translation projects',
    summary: 'One line, its earlier translations and its requests',
    errors: projectErrors,
  },
  'GET /api/translate/projects/:project/request': {
    tag: 'Translation projects',
    summary: 'The exact request of a `group` that was sent, or of a `position` of the plan',
    errors: projectErrors,
  },
  'GET /api/translate/projects/:project/runs': {
    tag: 'Translation projects',
    summary: 'Every run, the latest first',
    errors: projectErrors,
  },
  ...trialDocs([...callErrors, ...packErrors]),
};
