import type { Target } from '../define.ts';
import { openAiProtocol } from '../openai-chat/adapter.ts';
import type { Dialect } from '../openai-chat/dialect.ts';
import { openAiDialect } from '../openai-chat/dialects.ts';
import { readModelList } from '../openai-chat/model-list.ts';
import { percentEncode } from '../shared/percent-encode.ts';
import { obj, str } from '../shared/read.ts';

/** Only for the list of base models, which requires a version. */
const listVersion = '2024-10-21';

/**
 * OpenAI's protocol at an Azure resource. Without `settings.api_version` a request uses the current form,
 * `/openai/v1`, where the body's `model` is the deployment. With a dated version it uses the older form: the
 * URL names deployment and version, and the body names no model (Azure's specification of that request has no
 * such field, and a different name would be misleading). Deployments cannot be listed with an API key;
 * `/openai/models` lists the resource's base models, free of charge. Source:
 * https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle
 */
const azureDialect: Dialect = {
  ...openAiDialect,
  protocol: 'azure-openai',
  auth: { header: 'api-key', prefix: '' },
  modelList: {
    path: '/openai/models',
    forSettings: (settings) => ({ query: { 'api-version': versionOf(settings) ?? listVersion } }),
    fromResponse: readModelList,
  },
  endpoint(target): { path: string; query: Record<string, string> } {
    const version = versionOf(target.settings);
    if (version === undefined) return { path: '/openai/v1/chat/completions', query: {} };
    const deployment = percentEncode(deploymentOf(target));
    return {
      path: `/openai/deployments/${deployment}/chat/completions`,
      query: { 'api-version': version },
    };
  },
  modelInBody: (target) => (versionOf(target.settings) === undefined ? deploymentOf(target) : null),
  // Older versions answer 400: "json_schema is enabled only for api versions 2024-08-01-preview and later".
  structuredOutput: (settings) => (isBefore(settings, '2024-08-01') ? 'tool' : 'json_schema'),
  // `stream_options` was added in 2024-09-01-preview; earlier versions reject it as unrecognized.
  asksUsage: (settings) => settings.stream_usage !== false && !isBefore(settings, '2024-09-01'),
  // The versions 2024-06-01 and 2024-10-21 do not list this role.
  developerRole: (settings) => !isBefore(settings, '2024-12-01'),
};

export const azureOpenAi = openAiProtocol(azureDialect);

/** The dated version; undefined for the current form. */
function versionOf(settings: Target['settings']): string | undefined {
  const version = str(settings.api_version);
  return version === undefined || version === '' || version === 'v1' ? undefined : version;
}

/** True where requests take the current form, in which Azure takes the fields that OpenAI takes today. */
export const isCurrentAzure = (settings: Target['settings']): boolean => versionOf(settings) === undefined;

/** Versions are dates (`2024-10-21`, `2025-01-01-preview`); any other text, or none, counts as newer. */
function isBefore(settings: Target['settings'], day: string): boolean {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(versionOf(settings) ?? '')?.[0];
  return date !== undefined && date < day;
}

/** The deployment for a model: mapped in the provider's settings, else the model's own id. */
function deploymentOf(target: Target): string {
  return str(obj(target.settings.deployments)[target.model]) || target.model;
}
