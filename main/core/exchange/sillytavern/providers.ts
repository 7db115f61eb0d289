import type { CodedText } from '../../../../contract/coded-texts.ts';
import type { ProviderEntry } from '../../../../contract/provider.ts';
import { codedText } from '../../lib/coded-text.ts';
import { hostnameOf, isLoopback, isPrivate, originOf } from '../../net/origin.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { refusedProvider } from '../refused-provider.ts';
import { idOf } from './fields.ts';

/** SillyTavern's names of services that the panel ships. */
const shipped: Readonly<Record<string, string>> = {
  openai: 'openai_public',
  claude: 'anthropic_public',
  makersuite: 'google_gemini',
  google: 'google_gemini',
  openrouter: 'openrouter',
  azure_openai: 'azure_openai',
};

/** The user's own servers, with OpenAI's protocol under `/v1`. */
const ownServers: ReadonlySet<string> = new Set([
  'custom',
  'generic',
  'ooba',
  'textgenerationwebui',
  'vllm',
  'aphrodite',
  'tabby',
  'koboldcpp',
  'llamacpp',
]);

/** The provider for a preset's calls: an existing one, or one to add; or why there is none. */
export type Target = { provider: string; entry?: ProviderEntry } | { problem: CodedText<'import_note'> };

function baseOf(url: string, adapter: 'openai_compat' | 'ollama'): string | null {
  if (!/^https?:\/\//i.test(url) || originOf(url) === null) return null;
  const parsed = new URL(url);
  if (parsed.username || parsed.password || parsed.search) return null;
  const bare = `${parsed.origin}${parsed.pathname}`
    .replace(/\/+$/, '')
    .replace(/\/(chat\/)?completions$/, '');
  if (adapter === 'ollama') return bare;
  return /\/v\d+\w*$/.test(bare) ? bare : `${bare}/v1`;
}

function ownServer(url: string, adapter: 'openai_compat' | 'ollama', registry: Registry): Target {
  const base = baseOf(url.trim(), adapter);
  if (!base)
    return {
      problem: codedText(
        'import_note',
        'address_refused',
        {},
        'its address is no plain http or https URL (one with a name or a key in it is not taken)',
      ),
    };
  const same = [...registry.providers.values()].find(({ base: other }) => originOf(other) === originOf(base));
  if (same) return { provider: same.name };
  const { host } = new URL(base);
  const local = isLoopback(hostnameOf(base)) || isPrivate(hostnameOf(base));
  const entry: ProviderEntry = {
    name: idOf('st', host),
    adapter,
    base,
    label: host,
    kind: local ? 'local' : 'cloud',
    credentials: { required: false },
  };
  const problem = refusedProvider(entry, registry);
  return problem ? { problem } : { provider: entry.name, entry };
}

/** @param url the server's address, for services that have their own */
export function targetOf(service: string, url: string, registry: Registry): Target {
  const name = Object.hasOwn(shipped, service) ? shipped[service] : undefined;
  if (name !== undefined)
    return registry.providers.has(name)
      ? { provider: name }
      : {
          problem: codedText(
            'import_note',
            'no_provider',
            { provider: name },
            `there is no provider ${name}`,
          ),
        };
  if (service === 'ollama') return url ? ownServer(url, 'ollama', registry) : { provider: 'ollama_default' };
  if (ownServers.has(service))
    return url
      ? ownServer(url, 'openai_compat', registry)
      : { problem: codedText('import_note', 'no_address', {}, 'it names no address of its server') };
  const shown = service.slice(0, 40) || 'nobody';
  return {
    problem: codedText(
      'import_note',
      'unknown_service',
      { service: shown },
      `the panel has no provider for ${JSON.stringify(shown)}: add it by hand where it speaks OpenAI's protocol`,
    ),
  };
}
