import { existsSync } from 'node:fs';
import {
  maxListedModels,
  type KeptModel,
  type ModelSync as Sync,
  type OverlayFile,
} from '../../../../contract/model-sync.ts';
import type { OperationOutput, ParsedInput } from '../../../../contract/operations/table.ts';
import type { Change } from '../../../../contract/user-preset.ts';
import { AppError } from '../../lib/app-error.ts';
import { unreadable } from '../../lib/read-json.ts';
import { quarantineCopy } from '../../lib/replace-file.ts';
import { findProvider, providerByName } from '../../chat/resolve.ts';
import type { FeatureFlags } from '../../registry/features/feature-flags.ts';
import type { ChangeHistory } from '../../history/change-history.ts';
import { moveToTrash, removeFromTrash } from '../../history/trash.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { FetchParts } from '../fetch-models.ts';
import { dayOf } from '../../registry/lifecycle.ts';
import type { Provider } from '../../registry/model/model.ts';
import { originOf } from '../../net/origin.ts';
import { ProviderWriter, textIn, type WrittenProvider } from '../provider-writer.ts';
import type { RegistryStore } from '../../registry/registry-store.ts';
import type { RuntimeAdapters } from '../../registry/runtime/runtime-adapters.ts';
import { askList } from './ask-list.ts';
import { compareList } from './compare-list.ts';
import { usable } from './list-facts.ts';
import { overlayPath, readOverlay, writeOverlay } from '../../registry/overlay/overlay-files.ts';

const keepForMs = 10 * 60_000;

export interface ModelSyncParts extends FetchParts {
  registry: RegistryStore;
  runtime: RuntimeAdapters;
  flags: FeatureFlags;
  runtimeRoot: string;
  redactor: Redactor;
  history: ChangeHistory;
  now(): number;
}

interface Found {
  until: number;
  /** Where the list was asked for. */
  origin: string;
  toKeep: ReadonlyMap<string, KeptModel>;
}

/** Providers' own model lists: asked for on request only, shown first, kept as an overlay over the registry. */
export class ModelSync {
  readonly #parts: ModelSyncParts;
  readonly #writer: ProviderWriter;
  readonly #found = new Map<string, Found>();

  constructor(parts: ModelSyncParts) {
    this.#parts = parts;
    this.#writer = new ProviderWriter(parts.registry, parts.runtimeRoot);
  }

  get #catalog() {
    const { registry, runtime, now } = this.#parts;
    return { registry: registry.current, runtime, now: now() };
  }

  /**
   * One free request for a provider's list, and what it would change. Nothing is kept.
   * @throws AppError `feature_disabled`, `missing_key`, `not_configured`, `invalid_request` for a wire without a list;
   * a provider's code, with its own words, when it fails
   */
  async sync(
    { provider: name }: ParsedInput<'models.sync'>,
    { signal }: Pick<RequestContext, 'signal'>,
  ): Promise<Sync> {
    const { redactor, now } = this.#parts;
    const provider = providerByName(this.#catalog, name);
    const fetched = redactor.cutDeep(await askList(this.#parts, provider, signal));
    const { models, left_out } = usable(fetched.models);
    if (models.length > maxListedModels)
      throw new AppError(
        'provider_bad_reply',
        `${provider.name} lists ${models.length} models; at most ${maxListedModels} are taken`,
      );
    const { source, complete } = fetched;
    const as_of = dayOf(now());
    const { registry } = this.#catalog;
    const { toKeep, ...differences } = compareList(registry.lifecycle, {
      provider,
      models,
      complete,
      source,
      as_of,
    });
    const until = now() + keepForMs;
    this.#found.set(provider.name, { until, origin: originOf(provider.base) ?? '', toKeep });
    const keep_until = new Date(until).toISOString();
    return {
      provider: provider.name,
      source,
      as_of,
      found: models.length,
      complete,
      ...differences,
      left_out,
      keep_until,
    };
  }

  /** @throws AppError `unknown_provider`, `invalid_request` for a runtime adapter: it has no file to lay anything over */
  #inRegistry(name: string): Provider {
    const provider = providerByName(this.#catalog, name);
    if (provider.origin !== 'runtime') return provider;
    throw new AppError(
      'invalid_request',
      `${provider.name} is a runtime adapter and lives in memory only: keep it as a provider first (providers.keep)`,
    );
  }

  #lastSync(provider: Provider): Found {
    const found = this.#found.get(provider.name);
    if (!found || found.until < this.#parts.now())
      throw new AppError(
        'not_found',
        `there is no list of ${provider.name} from the last ${keepForMs / 60_000} minutes: sync first`,
      );
    if (found.origin !== originOf(provider.base))
      throw new AppError(
        'invalid_request',
        `${provider.name} is at another address since its list was asked for: sync again`,
      );
    return found;
  }

  /**
   * Writes the accepted facts of the last sync over what was kept before.
   * @throws AppError `not_found` without a sync in the last ten minutes, `invalid_request` for an id that is not in it,
   * `file_unreadable`
   */
  keep({ provider: name, accept }: ParsedInput<'models.keep'>): Promise<OperationOutput<'models.keep'>> {
    return this.#parts.history.inTurn(async () => {
      const provider = this.#inRegistry(name);
      const { toKeep, origin } = this.#lastSync(provider);
      const ids = accept === 'all' ? [...toKeep.keys()] : [...new Set(accept)];
      const strange = ids.filter((id) => !toKeep.has(id));
      if (strange.length)
        throw new AppError(
          'invalid_request',
          `accept: not in the last list's differences: ${strange
            .slice(0, 5)
            .map((id) => JSON.stringify(id.slice(0, 100)))
            .join(', ')}`,
        );
      const file = overlayPath(this.#parts.runtimeRoot, provider.name);
      if (!ids.length)
        return {
          provider: provider.name,
          file,
          kept: 0,
          change: null,
          warnings: ['nothing differs: there is nothing to keep'],
        };
      const { models, aside, warnings } = this.#keptBefore(file, origin);
      for (const id of ids) models.set(id, toKeep.get(id) as KeptModel);
      const before = textIn(file);
      await aside?.();
      await writeOverlay(file, { version: 1, provider: provider.name, origin, models: [...models.values()] });
      const written = { path: file, before, after: textIn(file) };
      const told = [...warnings, ...this.#writer.publish([file])];
      const change = this.#remember(`kept ${ids.length} facts from the list of ${provider.name}`, written);
      return { provider: provider.name, file, kept: ids.length, change, warnings: told };
    });
  }

  #remember(summary: string, written: WrittenProvider, afterUndo: () => void = () => {}): Change {
    const publish = () => {
      afterUndo();
      return this.#writer.publish([written.path]);
    };
    const ways = [this.#writer.undoStep(written)];
    return this.#parts.history.add({ domain: 'providers', module: null, summary, ways, publish });
  }

  /** What the file has; `aside` puts one away that the new one must not simply take the place of. */
  #keptBefore(
    path: string,
    origin: string,
  ): { models: Map<string, KeptModel>; aside?: () => unknown; warnings: string[] } {
    const { runtimeRoot, now } = this.#parts;
    const read = readOverlay(path);
    const of = ({ models }: OverlayFile) => new Map(models.map((facts) => [facts.id, facts]));
    if (!read.found) return { models: new Map(), warnings: [] };
    if ('problem' in read && read.unreadable) throw unreadable(path, read.problem);
    if ('problem' in read)
      return {
        models: new Map(),
        aside: () => quarantineCopy(path, now()),
        warnings: [`${path}: ${read.problem}; a copy of it is kept beside the new one`],
      };
    if (read.file.origin === origin) return { models: of(read.file), warnings: [] };
    const aside = () => moveToTrash(runtimeRoot, path, now());
    return {
      models: new Map(),
      aside,
      warnings: [`what was kept from ${read.file.origin} does not hold here and is in the trash`],
    };
  }

  /**
   * Puts a provider's overlay into the trash; the registry is as its files have it.
   * @throws AppError `not_found` where nothing was kept, `unknown_provider`
   */
  forget({ provider: name }: ParsedInput<'models.forget'>): Promise<OperationOutput<'models.forget'>> {
    const { runtimeRoot, now } = this.#parts;
    return this.#parts.history.inTurn(async () => {
      const provider = findProvider(this.#catalog, name)?.name ?? name;
      const path = overlayPath(runtimeRoot, provider);
      if (!existsSync(path))
        throw new AppError('not_found', `nothing is kept from the model list of ${provider}`);
      const written = { path, before: textIn(path), after: undefined };
      const trashed = await moveToTrash(runtimeRoot, path, now());
      this.#found.delete(provider);
      const warnings = this.#writer.publish([path]);
      const change = this.#remember(`forgot what was kept from the list of ${provider}`, written, () =>
        removeFromTrash(trashed),
      );
      return { provider, trashed, change, warnings };
    });
  }
}
