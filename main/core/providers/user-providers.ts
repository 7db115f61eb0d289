import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { CodedText } from '../../../contract/coded-texts.ts';
import type { OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import { providerEntry, type ProviderEntry } from '../../../contract/provider.ts';
import type { Change, HiddenField } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText } from '../lib/coded-text.ts';
import { notice, noticeFieldsOf, type Notice } from '../lib/notice.ts';
import type { ChangeHistory } from '../history/change-history.ts';
import { leaveOutSecrets } from '../secrets/leave-out-secrets.ts';
import { moveToTrash, putInTrash, removeFromTrash } from '../history/trash.ts';
import type { Redactor } from '../lib/redact.ts';
import { removeFile } from '../lib/files/replace-file.ts';
import { parseInput } from '../lib/validation.ts';
import { checkSavedEntry } from './check-saved-entry.ts';
import { entryFromProvider } from './entry-from-provider.ts';
import { envName } from '../registry/environment.ts';
import type { Provider } from '../registry/model/model.ts';
import { originOf } from '../net/origin.ts';
import { overlayPath } from '../registry/overlay/overlay-files.ts';
import type { ProviderWriter, WrittenProvider } from './provider-writer.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { RuntimeAdapters } from '../registry/runtime/runtime-adapters.ts';
import { userProviderFile, type UserProviderFile } from './user-provider-files.ts';
import { restoreRedacted } from './restore-redacted.ts';
import type { RuntimeAdapter, RuntimeRegistration } from '../../../contract/runtime-adapter.ts';

/** What registers a runtime adapter again as it was, its key and headers too; in memory only, never shown. */
function reRegistration(provider: Provider, shown: RuntimeAdapter | undefined): RuntimeRegistration {
  const metadata = shown?.metadata ?? {};
  const names = Object.keys((metadata['headers'] as Record<string, string> | undefined) ?? {});
  const headers = Object.fromEntries(names.map((name) => [name, provider.headers[name] ?? '']));
  const { api_key: _masked, ...rest } = metadata;
  return {
    id: provider.name,
    provider: shown?.provider ?? provider.adapter,
    label: provider.label,
    ...(shown ? { modes: shown.modes } : {}),
    metadata: {
      ...rest,
      ...(names.length ? { headers } : {}),
      ...(provider.inlineKey ? { api_key: provider.inlineKey } : {}),
    },
  };
}

export interface UserProvidersParts {
  registry: RegistryStore;
  runtime: RuntimeAdapters;
  writer: ProviderWriter;
  runtimeRoot: string;
  redactor: Redactor;
  history: ChangeHistory;
  now(): number;
}

type Saved = OperationOutput<'providers.save'>;
type Removed = OperationOutput<'providers.remove'>;
type Written = Omit<Saved, 'warnings' | 'warning_details'> & { warnings: Notice[] };

/**
 * The user's own providers: a JSON file each, which takes precedence over a built-in provider of the same
 * name.
 */
export class UserProviders {
  readonly #parts: UserProvidersParts;

  constructor(parts: UserProvidersParts) {
    this.#parts = parts;
  }

  #shown(entry: ProviderEntry): { provider: ProviderEntry; left_out: HiddenField[] } {
    const left_out: HiddenField[] = [];
    return { provider: leaveOutSecrets(this.#parts.redactor, entry, '', left_out), left_out };
  }

  #provider(name: string): Provider {
    const { providers } = this.#parts.registry.current;
    const provider = providers.get(name);
    if (provider) return provider;
    throw new AppError('unknown_provider', `no provider is called "${name.slice(0, 100)}"`, {
      provider: name,
      known: [...providers.keys()],
    });
  }

  /**
   * A provider as its file has it, or would have it: the starting point for an edit.
   * @throws AppError `unknown_provider`
   */
  get(name: string): OperationOutput<'providers.get'> {
    const file = userProviderFile(this.#parts.runtimeRoot, name);
    if (file)
      return {
        ...this.#shown(file.entry),
        origin: 'user',
        file: file.path,
        ...this.#around(file.entry.name),
      };
    const provider = this.#provider(name);
    const origin = provider.origin === 'comfyvn' ? 'comfyvn' : 'built-in';
    // A variable's address applies only while the variable is set, so it must not be written to the file.
    const shown = this.#shown(entryFromProvider({ ...provider, ...provider.inFile }, provider.name));
    return { ...shown, origin, file: null, ...this.#around(provider.name) };
  }

  /** What a provider's entry overrides, and its overlay. */
  #around(name: string): Pick<OperationOutput<'providers.get'>, 'beneath' | 'overlay'> {
    const { registry, runtimeRoot } = this.#parts;
    const overlay = overlayPath(runtimeRoot, name);
    return {
      beneath: registry.current.beneath.get(name) ?? null,
      overlay: existsSync(overlay) ? overlay : null,
    };
  }

  /**
   * Writes a provider's file.
   * @throws AppError `invalid_request` for an entry that no call could use, and for a credential, because
   * keys are stored separately
   */
  save({ provider, forget }: ParsedInput<'providers.save'>): Promise<Saved> {
    const { entry, warnings } = checkSavedEntry(provider, this.#parts.redactor);
    return this.#parts.history.runExclusive(async () => {
      const old = userProviderFile(this.#parts.runtimeRoot, entry.name);
      const shown = old && this.#shown(old.entry);
      const stays = old && originOf(old.entry.base) === originOf(entry.base);
      const whole = shown && stays ? restoreRedacted(old.entry, shown.provider, entry, forget) : entry;
      const fields = stays ? '' : (shown?.left_out ?? []).map((l) => l.path).join(', ');
      const moved = fields
        ? [notice('fields_left_behind', { fields }, `the address is another one: ${fields} stayed behind`)]
        : [];
      const { name } = entry;
      const summary = codedText('change', 'provider_saved', { provider: name }, `saved the provider ${name}`);
      const saved = await this.#write(whole, summary, []);
      return { ...saved, ...noticeFieldsOf([...warnings, ...moved, ...saved.warnings]) };
    });
  }

  /** Writes one file, applies it and registers the undo step; calls must not overlap. */
  async #write(
    entry: ProviderEntry,
    summary: CodedText<'change'>,
    left_out: HiddenField[],
    afterUndo: () => void = () => {},
  ): Promise<Written> {
    const { writer } = this.#parts;
    const written = await writer.write(entry);
    let warnings: Notice[];
    try {
      warnings = writer.publish([written.path]);
    } catch (error) {
      await writer.putBack(written);
      throw error;
    }
    const change = this.#remember(summary, written, afterUndo);
    return { name: entry.name, file: written.path, change, left_out, warnings };
  }

  #remember(summary: CodedText<'change'>, written: WrittenProvider, afterUndo: () => void): Change {
    const { writer, history } = this.#parts;
    const publish = () => {
      const warnings = writer.publish([written.path]);
      afterUndo();
      return warnings;
    };
    return history.add({
      domain: 'providers',
      module: null,
      summary,
      ways: [writer.undoStep(written)],
      publish,
    });
  }

  /**
   * Moves a provider's file to the trash.
   * @throws AppError `unknown_provider`, `invalid_request` for one that does not come from a file
   */
  remove({ name }: ParsedInput<'providers.remove'>): Promise<Removed> {
    const { runtimeRoot, writer, history } = this.#parts;
    return history.runExclusive(async () => {
      const file = userProviderFile(runtimeRoot, name);
      if (!file) {
        const where =
          this.#provider(name).origin === 'comfyvn'
            ? "in ComfyVN's registry file, which is never written"
            : 'shipped with the panel';
        throw new AppError(
          'invalid_request',
          `${name} is ${where}; only providers of your own can be removed`,
        );
      }
      const trashed = await this.#discard(file);
      const warnings = writer.publish([file.path]);
      const written = { path: file.path, before: file.text, after: undefined };
      const summary = codedText(
        'change',
        'provider_removed',
        { provider: name },
        `removed the provider ${name}`,
      );
      const change = this.#remember(summary, written, () => removeFromTrash(trashed));
      return { change, ...noticeFieldsOf([...warnings, ...this.#orphans(name)]) };
    });
  }

  /** Moves a file to the trash. If it contains a key, a copy without the key is moved there. */
  async #discard({ path, entry }: UserProviderFile): Promise<string> {
    const { runtimeRoot, now } = this.#parts;
    const { provider, left_out } = this.#shown(entry);
    if (left_out.length === 0) return moveToTrash(runtimeRoot, path, now());
    const text = `${JSON.stringify(provider, null, 2)}\n`;
    const trashed = await putInTrash(runtimeRoot, basename(path, '.json'), text, now());
    await removeFile(path);
    return trashed;
  }

  #orphans(name: string): Notice[] {
    const { providers, modules } = this.#parts.registry.current;
    if (providers.has(name)) return [];
    const ids = [...modules.values()].flatMap((m) =>
      m.shortlist.filter((p) => p.provider === name).map((p) => p.id),
    );
    const presets = ids.join(', ');
    const message = `these presets name it and cannot serve without it: ${presets}`;
    return presets ? [notice('presets_lost_provider', { presets }, message)] : [];
  }

  /**
   * Saves a runtime adapter as the user's own provider, without its key; the runtime adapter is removed.
   * @throws AppError `not_found`, `id_taken` for the name of another provider
   */
  keep({ id, name = id }: ParsedInput<'providers.keep'>): Promise<Saved> {
    const { history, runtime, registry, redactor } = this.#parts;
    return history.runExclusive(async () => {
      const adapter = runtime.get(id);
      if (!adapter)
        throw new AppError('not_found', `no runtime adapter is called "${id.slice(0, 100)}"`, {
          known: runtime.ids(),
        });
      if (registry.current.providers.has(name))
        throw new AppError('id_taken', `"${name}" is the name of another provider`, { name });
      const left_out: HiddenField[] = [];
      const stored = parseInput(
        providerEntry,
        leaveOutSecrets(redactor, entryFromProvider(adapter, name), '', left_out),
      );
      const { entry } = checkSavedEntry(stored, redactor);
      const again = reRegistration(
        adapter,
        runtime.list().find((shown) => shown.adapter_id === id),
      );
      const saved = await this.#write(
        entry,
        codedText('change', 'adapter_kept', { adapter: id }, `kept the runtime adapter ${id}`),
        left_out,
        () => void runtime.register(again),
      );
      runtime.remove(id);
      const variable = `COMFYVN_LLM_${envName(name)}_API_KEY`;
      const message = `its key was in memory only and is not in the file: set ${variable} or save it in the panel`;
      const key = adapter.inlineKey ? [notice('key_not_in_file', { variable }, message)] : [];
      return { ...saved, ...noticeFieldsOf([...key, ...saved.warnings]) };
    });
  }
}
