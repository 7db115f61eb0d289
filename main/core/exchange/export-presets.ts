import type { ProviderEntry } from '../../../contract/provider.ts';
import {
  presetDocument,
  type ExportedModule,
  type HiddenField,
  type PresetDocument,
} from '../../../contract/user-preset.ts';
import type { PackContent } from '../../../contract/user-pack.ts';
import type { Redactor } from '../lib/redact.ts';
import { cutSecrets, leaveOutSecrets } from '../secrets/leave-out-secrets.ts';
import { documentOf } from '../history/preset-document.ts';

/** A document with these modules, providers and packs, without secrets; omitted fields are listed in it. */
export function exportDocument(
  redactor: Redactor,
  modules: ReadonlyMap<string, ExportedModule>,
  providers: readonly ProviderEntry[],
  packs: readonly PackContent[],
): PresetDocument {
  const out: HiddenField[] = [];
  const parts = [...modules].map(([name, { active, presets, edits }]) => {
    const path = `modules.${name}`;
    const part: ExportedModule = {
      ...(active === undefined ? {} : { active }),
      presets: presets.map((preset, at) => leaveOutSecrets(redactor, preset, `${path}.presets[${at}]`, out)),
      edits: Object.fromEntries(
        Object.entries(edits).map(([id, edit]) => [
          id,
          leaveOutSecrets(redactor, edit, `${path}.edits.${id}`, out),
        ]),
      ),
    };
    return [name, part] as const;
  });
  const clean = providers.map((entry, at) => leaveOutSecrets(redactor, entry, `providers[${at}]`, out));
  const cut = packs.map((pack, at) => cutSecrets(redactor, pack, `packs[${at}]`, out));
  return presetDocument.parse({
    ...documentOf(Object.fromEntries(parts)),
    ...(clean.length ? { providers: clean } : {}),
    ...(cut.length ? { packs: cut } : {}),
    ...(out.length ? { left_out: out.map(({ path, reason }) => ({ path, reason })) } : {}),
  });
}
