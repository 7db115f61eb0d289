import { join } from 'node:path';
import { panelSettings } from '../../../../contract/settings.ts';
import type { ProviderEntry } from '../../../../contract/provider.ts';
import { isObject } from '../../lib/json.ts';
import type { Env } from '../../lib/host/ports.ts';
import { readJson } from '../../lib/files/read-json.ts';
import { readBaseUrl } from '../../net/base-url/base-url.ts';
import { isLoopback } from '../../net/origin.ts';
import { warning, type Fault } from './fault.ts';

const usualPort = 8000;
const example = '[{ "id": "module:vn_chat" }, { "id": "module:translate" }]';

/** The ports that the panel's API may use: from the variable, the panel's settings and the default. */
export function ownPorts(runtimeRoot: string, env: Env): ReadonlySet<number> {
  const json = readJson(join(runtimeRoot, 'panel.json'));
  const value = json.found && 'value' in json && isObject(json.value) ? json.value : {};
  const saved = panelSettings.pick({ server_port: true }).safeParse(value);
  const ownPort = Number(env['COMFYVN_LLM_PORT']?.trim() || NaN);
  return new Set(
    [usualPort, ownPort, (saved.success && saved.data.server_port) || NaN].filter(Number.isInteger),
  );
}

/** True for an entry through which ComfyVN calls this panel. */
function leadsHere({ name, adapter, base }: ProviderEntry, ports: ReadonlySet<number>): boolean {
  if (adapter !== 'proxy' && adapter !== 'openai_compat') return false;
  const read = readBaseUrl(base, adapter);
  if ('problem' in read) return false;
  const url = new URL(read.base);
  if (!isLoopback(url.hostname)) return name === 'llm_panel';
  return name === 'llm_panel' || ports.has(Number(url.port || 80));
}

/**
 * ComfyVN's engine answers 503, without sending anything, for an entry without models.
 * @param at the entry's path in the file, `providers[1].`
 */
export function ownEntryFaults(
  file: string,
  at: string,
  entry: ProviderEntry,
  ports: ReadonlySet<number>,
): Fault[] {
  if (entry.models?.length || !leadsHere(entry, ports)) return [];
  const reason = `${entry.name} leads to this panel and lists no models: ComfyVN answers 503 without asking it; add "models": ${example}`;
  return [warning(file, `${at}models`, reason)];
}
