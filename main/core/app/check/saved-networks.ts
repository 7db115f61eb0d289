import { join } from 'node:path';
import { panelSettings } from '../../../../contract/settings.ts';
import { isObject } from '../../lib/json.ts';
import { readJson } from '../../lib/files/read-json.ts';
import type { RegistrySources } from '../../registry/build-registry.ts';

const fields = panelSettings.pick({ own_networks: true, foreign_networks: true });

/** Networks in the panel's settings file, read only; empty if the file cannot be read. */
export function savedNetworks(runtimeRoot: string): NonNullable<RegistrySources['networks']> {
  const json = readJson(join(runtimeRoot, 'panel.json'));
  const value = json.found && 'value' in json && isObject(json.value) ? json.value : {};
  const read = fields.safeParse(value);
  return read.success
    ? { own: read.data.own_networks, foreign: read.data.foreign_networks }
    : { own: [], foreign: [] };
}
