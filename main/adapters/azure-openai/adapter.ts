import type { Target } from '../define.ts';
import { openAiWire } from '../openai-chat/adapter.ts';
import type { Dialect } from '../openai-chat/dialect.ts';
import { openAiDialect } from '../openai-chat/dialects.ts';
import { readModelList } from '../openai-chat/model-list.ts';
import { percentEncode } from '../shared/percent-encode.ts';
import { obj, str } from '../shared/read.ts';

const defaultVersion = '2024-06-01';

/**
 * OpenAI's wire at an Azure resource: the address names deployment and version, so the body names no model (Azure's
 * specification of the chat request has no such field, and a name that differs would mislead). Deployments cannot be
 * listed with an API key; `/openai/models` lists the resource's base models, free of charge.
 */
const azureDialect: Dialect = {
  ...openAiDialect,
  wire: 'azure-openai',
  auth: { header: 'api-key', prefix: '' },
  modelList: {
    path: '/openai/models',
    forSettings: (settings) => ({ query: { 'api-version': versionOf(settings) } }),
    fromResponse: readModelList,
  },
  endpoint: (target) => ({
    path: `/openai/deployments/${percentEncode(deploymentOf(target))}/chat/completions`,
    query: { 'api-version': versionOf(target.settings) },
  }),
  modelInBody: false,
  // Older versions answer 400: "json_schema is enabled only for api versions 2024-08-01-preview and later".
  structuredOutput: (settings) => (isBefore(settings, '2024-08-01') ? 'tool' : 'json_schema'),
  // `stream_options` came with 2024-09-01-preview; before it, it is an unrecognized argument.
  asksUsage: (settings) => settings.stream_usage !== false && !isBefore(settings, '2024-09-01'),
  // The versions of 2024-06-01 and 2024-10-21 list no such role.
  developerRole: (settings) => !isBefore(settings, '2024-12-01'),
};

export const azureOpenAi = openAiWire(azureDialect);

function versionOf(settings: Target['settings']): string {
  return str(settings.api_version) || defaultVersion;
}

/** Versions are dates (`2024-10-21`, `2025-01-01-preview`); any other text is taken as newer. */
function isBefore(settings: Target['settings'], day: string): boolean {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(versionOf(settings))?.[0];
  return date !== undefined && date < day;
}

/** The deployment that serves a model: mapped in the provider's settings, else the model's own id. */
function deploymentOf(target: Target): string {
  return str(obj(target.settings.deployments)[target.model]) || target.model;
}
