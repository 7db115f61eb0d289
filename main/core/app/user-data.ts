import type { ParsedInput } from '../../../contract/operations/table.ts';
import type { PresetCheck } from '../../../contract/preset-check.ts';
import type { FolderLock } from '../lib/files/folder-lock.ts';
import type { Log } from '../lib/log/log.ts';
import type { Redactor } from '../lib/redact.ts';
import { ProviderWriter } from '../providers/provider-writer.ts';
import { moduleByName } from '../registry/module-name.ts';
import type { IsUsable } from '../registry/active-preset.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { WatchPause } from '../registry/watch-files.ts';
import type { RuntimeAdapters } from '../registry/runtime/runtime-adapters.ts';
import { UserProviders } from '../providers/user-providers.ts';
import type { PackStore } from '../prompt-packs/pack-store.ts';
import { PackVersions } from '../prompt-packs/files/pack-versions.ts';
import { PackWriter } from '../prompt-packs/pack-writer.ts';
import { UserPacks } from '../prompt-packs/user-packs.ts';
import type { RequestContext } from '../lib/request-context.ts';
import { ChangeHistory } from '../history/change-history.ts';
import { checkPreset, type CheckingChat } from '../presets/check-preset.ts';
import type { PersonaFiles } from '../emulation/persona-files.ts';
import { PresetExchange } from '../exchange/preset-exchange.ts';
import { SillyTavernImporter } from '../exchange/sillytavern/sillytavern-import.ts';
import { PresetService } from '../presets/preset-service.ts';
import { PresetStore } from '../presets/preset-store.ts';

/** The user's presets, providers and prompt packs: one history, and one change at a time over all of them. */
export interface UserData {
  presets: PresetService;
  exchange: PresetExchange;
  sillyTavern: SillyTavernImporter;
  providers: UserProviders;
  packs: UserPacks;
  history: ChangeHistory;
  /**
   * What a call with these settings would become.
   * @throws AppError `unknown_module`
   */
  check(input: ParsedInput<'presets.check'>, context: RequestContext): PresetCheck;
}

export interface UserDataParts {
  registry: RegistryStore;
  runtime: RuntimeAdapters;
  packs: PackStore;
  runtimeRoot: string;
  redactor: Redactor;
  chat: CheckingChat;
  log: Log;
  lock: FolderLock;
  personaFiles: PersonaFiles;
  usable: IsUsable;
  /** Pauses file watching while a folder is moved. */
  unwatched: WatchPause;
  now(): number;
  /** Called when there is another change to undo. */
  onChanged(): void;
}

export function createUserData(parts: UserDataParts): UserData {
  const { registry, runtimeRoot, redactor, chat } = parts;
  const shared = { ...parts, history: new ChangeHistory(parts.now, parts.lock, parts.onChanged) };
  const store = new PresetStore(shared);
  const writer = new ProviderWriter(registry, runtimeRoot);
  const versions = new PackVersions(runtimeRoot, parts.now);
  const packWriter = new PackWriter({ ...shared, store: parts.packs, versions });
  const hasModule = (name: string) => registry.current.modules.has(name);
  const packs = new UserPacks({ ...shared, store: parts.packs, writer: packWriter, versions, hasModule });
  const exchange = new PresetExchange({
    ...shared,
    store,
    writer,
    packs,
    packStore: parts.packs,
    packWriter,
  });
  return {
    presets: new PresetService({ ...shared, store }),
    exchange,
    sillyTavern: new SillyTavernImporter({ ...shared, exchange, personas: parts.personaFiles }),
    providers: new UserProviders({ ...shared, writer }),
    packs,
    history: shared.history,
    check({ module, settings }, context) {
      const found = moduleByName(registry.current, module);
      return redactor.redactDeep(checkPreset(chat, found, settings, context));
    },
  };
}
