import { providersMessages } from '../../../messages/providers-messages.ts';
import type { Endpoint } from './endpoint.ts';
import { readEndpoint } from './endpoint.ts';
import { readCurl } from './pasted-curl.ts';
import type { Registration } from './registration.ts';
import { isObject } from '../../../api/is-object.ts';

/** What a pasted text says about a server. The key is separate, since it must not be shown. */
export interface Pasted {
  form: Partial<Registration>;
  key: string | null;
  /** For the user: how parts of the text were treated. */
  notes: string[];
}

/** The registry's providers, to recognise a known address. */
export type KnownProviders = readonly { name: string; base_url: string }[];

const t = providersMessages.providers.paste;
const keyHeaders = new Set(['authorization', 'x-api-key', 'api-key', 'x-goog-api-key']);
const standardHeaders = new Set([
  'content-type',
  'accept',
  'user-agent',
  'content-length',
  'host',
  'accept-encoding',
]);
const looksSecret = /authori[sz]ation|api[-_]?key|token|secret|cookie/i;

type Json = Record<string, unknown>;
const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** The key in a header. A variable's name or a placeholder is not a key. */
function keyIn(value: string, notes: string[]): string | null {
  const bare = value.replace(/^(bearer|basic)\s+/i, '').trim();
  if (bare === '') return null;
  if (/^\$\{?\w+\}?$/.test(bare) || /^(<.*>|\*+|…+)$/.test(bare)) {
    notes.push(t.keyIsVariable(bare));
    return null;
  }
  return bare;
}

function parsedJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function idFor(baseUrl: string): string {
  const { hostname, port } = new URL(baseUrl);
  const isLocal = /^(localhost|127\.|\[)/.test(hostname);
  const name = isLocal ? `local-${port || '80'}` : hostname.replace(/^(api|www)\./, '').replaceAll('.', '-');
  return name.replace(/[^\w.-]+/g, '-').slice(0, 64);
}

function providerFor({ baseUrl, adapter }: Endpoint, known: KnownProviders): string {
  const { origin } = new URL(baseUrl);
  const knownProvider = known.find(
    ({ base_url: url }) => URL.canParse(url) && new URL(url).origin === origin,
  );
  return knownProvider?.name ?? adapter ?? 'openai_compat';
}

function fromEndpoint(endpoint: Endpoint, known: KnownProviders, notes: string[]): Pasted {
  const { baseUrl, key } = endpoint;
  const form = { id: idFor(baseUrl), provider: providerFor(endpoint, known), baseUrl };
  return { form, key: key === null ? null : keyIn(key, notes), notes };
}

function fromCurl(source: string, known: KnownProviders): Pasted | null {
  const line = readCurl(source);
  const endpoint = line && readEndpoint(line.url);
  if (!line || !endpoint) return null;
  const isAnthropic = line.headers.some(([name]) => name.toLowerCase() === 'anthropic-version');
  const notes: string[] = [];
  const read = fromEndpoint(
    isAnthropic ? { ...endpoint, adapter: 'anthropic_compat' } : endpoint,
    known,
    notes,
  );
  const headers: [string, string][] = [];
  let key = read.key ?? (line.user === null ? null : keyIn(line.user, notes));
  for (const [name, value] of line.headers) {
    const lower = name.toLowerCase();
    if (keyHeaders.has(lower)) key = keyIn(value, notes) ?? key;
    else if (looksSecret.test(name)) notes.push(t.headerLeftOut(name));
    else if (!standardHeaders.has(lower) && lower !== 'anthropic-version') headers.push([name, value]);
  }
  const body = parsedJson(line.body);
  const model = isObject(body) ? text(body.model) : '';
  const metadata = headers.length > 0 ? { headers: Object.fromEntries(headers) } : null;
  return {
    form: {
      ...read.form,
      ...(model && { models: model }),
      ...(metadata && { metadata: JSON.stringify(metadata, null, 2) }),
    },
    key,
    notes,
  };
}

function modelIds(models: unknown): string {
  if (!Array.isArray(models)) return '';
  return models
    .map((model) => text(isObject(model) ? model.id : model))
    .filter(Boolean)
    .join('\n');
}

function withoutSecrets(headers: unknown, notes: string[]): { headers: Json | null; key: string | null } {
  let key: string | null = null;
  const plain: Json = {};
  for (const [name, value] of Object.entries(isObject(headers) ? headers : {})) {
    if (keyHeaders.has(name.toLowerCase())) key = keyIn(text(value), notes) ?? key;
    else if (looksSecret.test(name)) notes.push(t.headerLeftOut(name));
    else plain[name] = value;
  }
  return { headers: Object.keys(plain).length > 0 ? plain : null, key };
}

/** Reads a registration of the API, a provider file, or any object that contains an address. */
function fromJson(source: string, known: KnownProviders): Pasted | null {
  const json = parsedJson(source);
  if (!isObject(json)) return null;
  const notes: string[] = [];
  const inner = isObject(json.metadata) ? json.metadata : {};
  const address =
    [inner.base_url, json.base_url, json.base, json.baseUrl, json.url].map(text).find(Boolean) ?? '';
  const endpoint = address ? readEndpoint(address) : null;
  const found = endpoint && fromEndpoint(endpoint, known, notes);
  const { base_url: _url, api_key: _key, models: _models, headers: _headers, ...rest } = inner;
  const { headers, key: inHeader } = withoutSecrets(inner.headers ?? json.headers, notes);
  const key = [inner.api_key, json.api_key, json.key].map(text).find(Boolean) ?? '';
  const others = {
    ...rest,
    ...(headers && { headers }),
    ...(json.timeout !== undefined && { timeout: json.timeout }),
    ...(isObject(json.settings) && { settings: json.settings }),
  };
  const id = text(json.id) || text(json.adapter_id) || text(json.name);
  const provider = text(json.provider) || text(json.adapter);
  const models = modelIds(inner.models ?? json.models) || text(json.model);
  if (!found && !id && !provider) return null;
  return {
    form: {
      ...found?.form,
      ...(id && { id }),
      ...(provider && { provider }),
      ...(text(json.label) && { label: text(json.label) }),
      ...(Array.isArray(json.modes) && { modes: json.modes.map(text).filter(Boolean).join(', ') }),
      ...(models && { models }),
      ...(Object.keys(others).length > 0 && { metadata: JSON.stringify(others, null, 2) }),
    },
    key: keyIn(key, notes) ?? inHeader ?? found?.key ?? null,
    notes,
  };
}

/** What a cURL command, a URL or a JSON object says about a server; null if it says nothing. */
export function readPasted(source: string, known: KnownProviders): Pasted | null {
  const trimmed = source.trim();
  if (/^(\$\s+)?curl\s/.test(trimmed)) return fromCurl(trimmed, known);
  if (trimmed.startsWith('{')) return fromJson(trimmed, known);
  const endpoint = readEndpoint(trimmed);
  return endpoint && fromEndpoint(endpoint, known, []);
}
