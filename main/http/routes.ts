import type { OperationName } from '../../contract/operations/table.ts';
import { isObject } from '../core/lib/json.ts';
import { sceneChat } from './scene-chat.ts';

/** One route of the panel's own API: its operation, and how URL and body become that operation's input. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** Hono's path syntax. */
  path: string;
  operation: OperationName;
  input?(from: { params: Record<string, string>; query: Record<string, string>; body: unknown }): unknown;
  /** Set if the answer is the output's `text` with this content type, instead of JSON. */
  plainText?: string;
  /** The operation for a body with `stream: true`. */
  streamed?: OperationName;
  /** Another form of the body, handled by another operation; null if the body does not have that form. */
  instead?(body: unknown): RouteInput | null;
}

/** An operation and its input. */
export interface RouteInput extends Pick<Route, 'operation' | 'streamed'> {
  input: unknown;
}

const flagOn = (value: string | undefined) =>
  value !== undefined && !['0', 'false', 'no', ''].includes(value.toLowerCase());

/** The URL names the pack; the operation validates the body. */
const packInput: Route['input'] = ({ params, body }) =>
  isObject(body) ? { ...body, module: params['module'] } : body;

/** A URL contains only text: numbers and booleans are converted, the operation validates the rest. */
const callsInput: Route['input'] = ({ query }) => {
  const number = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
  const truth = (text: string) => (text === '' ? text : flagOn(text));
  const of = new Map<string, (text: string) => unknown>([
    ['limit', number],
    ['offset', number],
    ['status', number],
    ['ok', truth],
    ['ids', (text) => text.split(',')],
  ]);
  return Object.fromEntries(Object.entries(query).map(([key, text]) => [key, of.get(key)?.(text) ?? text]));
};

const spendInput: Route['input'] = ({ query: { days, ...others } }) =>
  days === undefined ? others : { ...others, days: /^\d+$/.test(days) ? Number(days) : days };

/** The URL names the project. */
const projectInput: Route['input'] = ({ params, body }) =>
  isObject(body) ? { ...body, project: params['project'] } : body;

const numbers = new Set(['limit', 'after', 'show_groups', 'position']);
const truths = new Set(['stale', 'gone', 'mock']);

/** As `projectInput`, from a query: `state` may contain several, separated by commas. */
const projectQuery: Route['input'] = ({ params, query }) => {
  const valueOf = (name: string, text: string) => {
    if (numbers.has(name)) return /^\d+$/.test(text) ? Number(text) : text;
    if (name === 'state' && text.includes(',')) return text.split(',');
    return truths.has(name) ? flagOn(text) : text;
  };
  const fields = Object.entries(query).map(([name, text]) => [name, valueOf(name, text)]);
  return { ...Object.fromEntries(fields), project: params['project'] };
};

/** The URL names the trial. */
const trialInput: Route['input'] = ({ params, body }) =>
  isObject(body) ? { ...body, trial: params['trial'] } : body;

const trialQuery: Route['input'] = ({ params, query: { per_pair, ...query } }) => ({
  ...query,
  ...(per_pair === undefined ? {} : { per_pair: /^\d+$/.test(per_pair) ? Number(per_pair) : per_pair }),
  trial: params['trial'],
});

export const metricsPath = '/metrics';

export const routes: readonly Route[] = [
  { method: 'GET', path: '/health', operation: 'server.health' },
  {
    method: 'GET',
    path: '/api/llm/registry',
    operation: 'registry.get',
    input: ({ query }) => ({ diagnostics: flagOn(query['diagnostics']) }),
  },
  { method: 'POST', path: '/api/llm/refresh', operation: 'registry.refresh', input: ({ body }) => body },
  { method: 'GET', path: '/api/llm/runtime', operation: 'runtime.list' },
  {
    method: 'POST',
    path: '/api/llm/runtime/register',
    operation: 'runtime.register',
    input: ({ body }) => body,
  },
  {
    method: 'DELETE',
    path: '/api/llm/runtime/:id',
    operation: 'runtime.remove',
    input: ({ params }) => ({ id: params['id'] }),
  },
  { method: 'POST', path: '/api/llm/test-call', operation: 'chat.test', input: ({ body }) => body },
  {
    method: 'POST',
    path: '/api/llm/chat',
    operation: 'chat.send',
    streamed: 'chat.stream',
    input: ({ body }) => body,
    instead: sceneChat,
  },
  { method: 'GET', path: '/api/llm/prompt-pack', operation: 'packs.list' },
  {
    method: 'GET',
    path: '/api/llm/prompt-pack/:module',
    operation: 'packs.get',
    input: ({ params }) => ({ module: params['module'] }),
  },
  {
    method: 'POST',
    path: '/api/llm/prompt-pack/:module',
    operation: 'packs.run',
    streamed: 'packs.stream',
    input: packInput,
  },
  { method: 'GET', path: '/api/llm/calls', operation: 'calls.list', input: callsInput },
  { method: 'GET', path: '/api/llm/spend', operation: 'spend.get', input: spendInput },
  {
    method: 'GET',
    path: '/api/llm/calls/:id',
    operation: 'calls.get',
    input: ({ params }) => ({ id: params['id'] }),
  },
  { method: 'GET', path: '/api/providers/llm/registry', operation: 'publicProviders.registry' },
  { method: 'GET', path: '/api/providers/llm/public/catalog', operation: 'publicProviders.catalog' },
  {
    method: 'POST',
    path: '/api/providers/llm/chat',
    operation: 'publicProviders.chat',
    input: ({ body }) => body,
  },
  { method: 'GET', path: '/api/emulation/status', operation: 'emulation.status' },
  { method: 'POST', path: '/api/emulation/toggle', operation: 'emulation.toggle', input: ({ body }) => body },
  {
    method: 'POST',
    path: '/api/emulation/persona',
    operation: 'emulation.persona',
    input: ({ body }) => body,
  },
  { method: 'POST', path: '/api/emulation/chat', operation: 'emulation.chat', input: ({ body }) => body },
  {
    method: 'POST',
    path: '/api/translate/batch',
    operation: 'translate.batch',
    // ComfyVN also accepts a bare list.
    input: ({ body }) => (Array.isArray(body) ? { items: body } : body),
  },
  {
    method: 'GET',
    path: '/api/translate/review',
    operation: 'translate.review',
    input: ({ query }) => query,
  },
  {
    method: 'POST',
    path: '/api/translate/review',
    operation: 'translate.reviewEntry',
    input: ({ body }) => body,
  },
  {
    method: 'GET',
    path: '/api/translate/export/json',
    operation: 'translate.exportJson',
    input: ({ query }) => query,
  },
  {
    method: 'GET',
    path: '/api/translate/export/po',
    operation: 'translate.exportPo',
    input: ({ query }) => query,
    plainText: 'text/x-gettext-translation; charset=utf-8',
  },
  { method: 'GET', path: '/api/translate/projects', operation: 'translate.list' },
  {
    method: 'POST',
    path: '/api/translate/projects',
    operation: 'translate.create',
    input: ({ body }) => body,
  },
  {
    method: 'GET',
    path: '/api/translate/projects/:project',
    operation: 'translate.get',
    input: ({ params }) => params,
  },
  ...(
    [
      ['import', 'translate.import'],
      ['run', 'translate.run'],
      ['retry', 'translate.retry'],
      ['pause', 'translate.pause'],
      ['cancel', 'translate.cancel'],
      ['update', 'translate.update'],
      ['approve', 'translate.approve'],
      ['replace', 'translate.replace'],
      ['remove', 'translate.remove'],
      ['configure', 'translate.configure'],
      ['glossary', 'translate.saveGlossary'],
      ['export', 'translate.export'],
    ] as const
  ).map(([name, operation]): Route => ({
    method: 'POST',
    path: `/api/translate/projects/:project/${name}`,
    operation,
    input: projectInput,
  })),
  ...(
    [
      ['plan', 'translate.plan'],
      ['groups', 'translate.groups'],
      ['units', 'translate.units'],
      ['index', 'translate.index'],
      ['facets', 'translate.facets'],
      ['unit', 'translate.unit'],
      ['request', 'translate.request'],
      ['runs', 'translate.runs'],
      ['glossary', 'translate.glossary'],
    ] as const
  ).map(([name, operation]): Route => ({
    method: 'GET',
    path: `/api/translate/projects/:project/${name}`,
    operation,
    input: projectQuery,
  })),
  {
    method: 'GET',
    path: '/api/trials/sets',
    operation: 'trials.sets',
    input: ({ query }) => query,
  },
  { method: 'POST', path: '/api/trials/sets', operation: 'trials.importSet', input: ({ body }) => body },
  {
    method: 'POST',
    path: '/api/trials/sets/from-project',
    operation: 'trials.fromProject',
    input: ({ body }) => body,
  },
  {
    method: 'DELETE',
    path: '/api/trials/sets/:name',
    operation: 'trials.removeSet',
    input: ({ params }) => params,
  },
  { method: 'POST', path: '/api/trials/plan', operation: 'trials.plan', input: ({ body }) => body },
  { method: 'GET', path: '/api/trials', operation: 'trials.list' },
  { method: 'POST', path: '/api/trials', operation: 'trials.start', input: ({ body }) => body },
  {
    method: 'GET',
    path: '/api/trials/ranks/:module',
    operation: 'trials.ranks',
    input: ({ params }) => params,
  },
  { method: 'GET', path: '/api/trials/:trial', operation: 'trials.get', input: trialQuery },
  {
    method: 'DELETE',
    path: '/api/trials/:trial',
    operation: 'trials.remove',
    input: ({ params }) => params,
  },
  ...(
    [
      ['resume', 'trials.resume'],
      ['cancel', 'trials.cancel'],
      ['vote', 'trials.vote'],
      ['judge-plan', 'trials.judgePlan'],
      ['judge', 'trials.judge'],
    ] as const
  ).map(([name, operation]): Route => ({
    method: 'POST',
    path: `/api/trials/:trial/${name}`,
    operation,
    input: trialInput,
  })),
  { method: 'GET', path: '/api/trials/:trial/ballot', operation: 'trials.ballot', input: trialQuery },
  {
    method: 'GET',
    path: '/api/trials/:trial/export',
    operation: 'trials.export',
    input: trialQuery,
  },
];
