import type { CodedText } from '../../../../contract/coded-texts.ts';
import type { AdapterName } from '../../../../contract/provider.ts';
import { codedText } from '../../lib/coded-text.ts';
import { uniqueWarnings } from '../../lib/warning.ts';

/** What a protocol's base URL includes, and what its clients append to it. */
interface ProtocolPaths {
  /** Path endings that belong to the protocol's own calls. */
  endpoints: RegExp;
  /** Path endings of another protocol that the same servers offer under another base. */
  foreign: RegExp | null;
  /** The version in the base URL; null if the base URL is the server's root. */
  version: string | null;
  /** True if the version follows any server path (Anthropic's and Google's clients append it). */
  versionBehindPath: boolean;
  /** The path of a call, relative to the base URL. */
  call: string;
}

type Protocol = Exclude<AdapterName, 'stub'>;

/** A model list follows a version or the root; elsewhere `models` is part of the server's own path. */
const modelList = String.raw`(?<=^|\/v\d[^/]*)\/models(?!\/chat\/completions)(?:\/[^/]+){0,2}$`;

const openAi: ProtocolPaths = {
  endpoints: new RegExp(
    String.raw`\/chat\/completions(?:\/.*)?$|\/(?:completions|responses|embeddings|messages|moderations|rerank|images\/\w+|audio\/\w+)$|${modelList}`,
    'i',
  ),
  foreign: /\/api\/(?:v1\/)?(?:chat|generate|tags|show|ps|version|embed|embeddings)$/i,
  version: '/v1',
  versionBehindPath: false,
  call: '/chat/completions',
};
const anthropic: ProtocolPaths = {
  endpoints: new RegExp(String.raw`\/(?:messages(?:\/.*)?|complete)$|${modelList}`, 'i'),
  foreign: /\/chat\/completions$/i,
  version: '/v1',
  versionBehindPath: true,
  call: '/messages',
};
const gemini: ProtocolPaths = {
  endpoints: /\/(?:tunedModels|models)(?:\/[^/:]+(?::[a-z]+)?)?$/i,
  foreign: /\/openai(?:\/(?:chat\/completions|embeddings|models))?$/i,
  version: '/v1beta',
  versionBehindPath: true,
  call: '/models',
};
const ollama: ProtocolPaths = {
  endpoints: /\/api(?:\/(?:chat|generate|tags|show|ps|version|pull|embed|embeddings)(?:\/.*)?)?$/i,
  foreign: /\/v1(?:\/(?:chat\/completions|completions|responses|embeddings|messages|models(?:\/[^/]+)?))?$/i,
  version: null,
  versionBehindPath: false,
  call: '/api/chat',
};
const azure: ProtocolPaths = {
  endpoints: /\/openai(?:\/.*)?$/i,
  foreign: null,
  version: null,
  versionBehindPath: false,
  call: '/openai',
};
const proxy: ProtocolPaths = {
  endpoints: /\/(?:chat|test-call|registry|refresh|runtime(?:\/register)?)$/i,
  foreign: null,
  version: null,
  versionBehindPath: false,
  call: '/chat',
};

const protocols: Record<Protocol, ProtocolPaths> = {
  openai_compat: openAi,
  lmstudio: openAi,
  openai: openAi,
  openrouter: openAi,
  anthropic,
  anthropic_compat: anthropic,
  gemini,
  ollama,
  azure_openai: azure,
  proxy,
};

/** The path of a base URL in this protocol, and why it differs from the input. */
interface BasePath {
  path: string;
  reasons: CodedText<'address_note'>[];
}

/** `v1`, `v1beta`, `v4`; in Vertex AI it is in the middle of the path. */
const isVersion = (segment: string | undefined) =>
  segment !== undefined && /^v\d+(?:\.\d+)?(?:(?:alpha|beta|preview)\d*)?$/i.test(segment);

const hasVersion = (path: string) => path.split('/').some(isVersion);

/** Removes the second of two equal endings: no server uses `/v1/v1` or `/api/v1/api/v1`. */
function withoutDoubledVersion(path: string): string {
  const segments = path.split('/').slice(1);
  for (let n = 1; n * 2 <= segments.length; n++) {
    const end = segments.slice(-n).join('/');
    const before = segments.slice(-2 * n, -n).join('/');
    if (isVersion(segments.at(-1)) && end === before)
      return withoutDoubledVersion(`/${segments.slice(0, -n).join('/')}`);
  }
  return path;
}

/** These servers offer OpenAI's protocol at their root, or have `models` in their path. */
const rootServer = /^(?:api\.perplexity\.ai|models\.inference\.ai\.azure\.com)$/;
const modelsInPath = /\.services\.ai\.azure\.com$/;

/** Where these vendors offer OpenAI's protocol; any other path there belongs to a different API. */
const openAiAt: readonly [host: RegExp, other: RegExp, path: string][] = [
  [/(?:^|\.)openrouter\.ai$/, /^(?:\/v1|\/api)?$/, '/api/v1'],
  [/^generativelanguage\.googleapis\.com$/, /^(?:\/v1(?:beta)?)?$/, '/v1beta/openai'],
  [/\.(?:openai|cognitiveservices)\.azure\.(?:com|us|cn)$/, /^(?:\/v1|\/openai)?$/, '/openai/v1'],
];

/** Adds a missing version; null if the path needs none. */
function completed(path: string, host: string, adapter: Protocol): string | null {
  const { version, versionBehindPath } = protocols[adapter];
  if (version === null || rootServer.test(host)) return null;
  const known = protocols[adapter] === openAi && openAiAt.find(([at]) => at.test(host));
  if (known) return known[1].test(path) ? known[2] : null;
  // LM Studio's own API is not the OpenAI-compatible one that its adapter uses.
  if (adapter === 'lmstudio' && /^\/api(?:\/v1)?$/i.test(path)) return '/v1';
  if (hasVersion(path)) return null;
  // `/openai`: OpenAI's protocol below a path prefix, as Groq and Azure have it.
  return path === '' || versionBehindPath || /\/openai$/i.test(path) ? path + version : null;
}

/**
 * The path without endings that belong to calls. `end` is the first of them; `isOwn` is true if it is the
 * protocol's own.
 */
function withoutCall(
  path: string,
  host: string,
  adapter: Protocol,
): { path: string; end: string; isOwn: boolean } {
  const { endpoints, foreign } = protocols[adapter];
  const other = foreign?.exec(path);
  const own = other || (modelsInPath.test(host) && /\/models$/i.test(path)) ? null : endpoints.exec(path);
  const found = other ?? own;
  if (!found) return { path, end: '', isOwn: false };
  const rest = path.slice(0, found.index);
  // If two calls were pasted one after the other, the rest may end in another call's path.
  const whole = /\/models$/i.test(rest) ? rest : withoutCall(rest, host, adapter).path;
  return { path: whole, end: found[0], isOwn: own !== null };
}

/** The base URL's path, from the path of an address that may be that of one call. */
export function basePathOf(written: string, host: string, adapter: Protocol): BasePath {
  const { isExact, ...once } = readPath(written, host, adapter);
  // An unusual path may be read once more; a path that names its endpoint is exact.
  if (isExact || once.reasons.length === 0) return once;
  const again = basePathOf(once.path, host, adapter);
  return { path: again.path, reasons: uniqueWarnings([...once.reasons, ...again.reasons]) };
}

function readPath(written: string, host: string, adapter: Protocol): BasePath & { isExact: boolean } {
  const reasons: BasePath['reasons'] = [];
  let path = written.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  const lower = path.replace(/\/V(?=\d[^/]*(?:\/|$))/g, '/v');
  if (lower !== path)
    reasons.push(codedText('address_note', 'lower_case', {}, 'versions are written in lower case'));
  path = lower;
  const cut = withoutCall(path, host, adapter);
  path = cut.path;
  const single = withoutDoubledVersion(path);
  if (single !== path)
    reasons.push(codedText('address_note', 'version_twice', {}, 'its version was written twice'));
  path = single;
  // A complete endpoint determines where calls go, with or without a version.
  const known = openAiAt.some(([at]) => at.test(host));
  const isExact = cut.isOwn && !known;
  const version = completed(path, host, adapter);
  // For a server without versions the written form is the endpoint, because its base URL alone would get a
  // version appended.
  if (cut.end && !(isExact && version !== null && written === path + protocols[adapter].call))
    reasons.push(
      cut.isOwn
        ? codedText(
            'address_note',
            'call_appended',
            { call: cut.end },
            `"${cut.end}" is appended with every call`,
          )
        : codedText(
            'address_note',
            'other_protocol',
            { call: cut.end },
            `"${cut.end}" belongs to another protocol of such servers`,
          ),
    );
  const deployment = adapter === 'azure_openai' && /\/deployments\/([^/]+)/.exec(written)?.[1];
  if (deployment) {
    const message = 'a model calls the deployment with its id, or the one in settings.deployments';
    reasons.push(codedText('address_note', 'deployment', {}, message));
  }
  const missing = isExact ? null : version;
  if (missing !== null) {
    const added = missing.startsWith(path) ? missing.slice(path.length) : missing;
    const message = `the base URL of this protocol includes "${added}" there`;
    reasons.push(codedText('address_note', 'version_added', { version: added }, message));
    path = missing;
  }
  return { path, reasons, isExact };
}

/**
 * The path of one call below a base URL, for addresses whose base URL alone would be read as a different one.
 */
export function callPathOf(adapter: Protocol): string {
  return protocols[adapter].call;
}
