import { existsSync } from 'node:fs';
import {
  maxListedModels,
  type KeptModel,
  type ModelSync as Sync,
  type NewsReport,
} from '../../../../contract/model-sync.ts';
import type { OperationOutput, ParsedInput } from '../../../../contract/operations/table.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText } from '../../lib/coded-text.ts';
import { notice, noticeFieldsOf, type Notice } from '../../lib/notice.ts';
import { findProvider, providerByName } from '../../chat/resolve/resolve.ts';
import type { FeatureFlags } from '../../registry/features/feature-flags.ts';
import type { ChangeHistory } from '../../history/change-history.ts';
import { moveToTrash, removeFromTrash } from '../../history/trash.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import { ListedIndex, type FetchParts } from '../fetch-models.ts';
import type { IsUsable } from '../../registry/active-preset.ts';
import { dayOf } from '../../registry/lifecycle.ts';
import type { Provider } from '../../registry/model/model.ts';
import { originOf } from '../../net/origin.ts';
import { textIn, type WrittenProvider } from '../provider-writer.ts';
import type { RegistryStore } from '../../registry/registry-store.ts';
import type { RuntimeAdapters } from '../../registry/runtime/runtime-adapters.ts';
import { askList, whySkipped } from './ask-list.ts';
import { compareList, type ListRead } from './compare-list.ts';
import { usable } from './list-facts.ts';
import { loadModelChecks, saveModelChecks } from '../../registry/overlay/model-checks.ts';
import { overlayPath } from '../../registry/overlay/overlay-files.ts';
import { planCatalogue, readCatalogue } from './catalogue.ts';
import { newsOf } from './news.ts';
import { OverlayWriter } from './overlay-writer.ts';

const keepForMs = 10 * 60_000;

export interface ModelSyncParts extends FetchParts {
  registry: RegistryStore;
  runtime: RuntimeAdapters;
  flags: FeatureFlags;
  runtimeRoot: string;
  redactor: Redactor;
  history: ChangeHistory;
  /** Whether a provider could be called. */
  usable: IsUsable;
  now(): number;
}

interface Found {
  until: number;
  /** Where the list was fetched from. */
  origin: string;
  toKeep: ReadonlyMap<string, KeptModel>;
}

/**
 * Providers' own model lists: fetched only on request, shown first, and stored as an overlay over the
 * registry.
 */
export class ModelSync {
  readonly #parts: ModelSyncParts;
  readonly #overlays: OverlayWriter;
  readonly #found = new Map<string, Found>();
  #noting: Promise<void> = Promise.resolve();

  constructor(parts: ModelSyncParts) {
    this.#parts = parts;
    this.#overlays = new OverlayWriter(parts);
  }

  get #catalog() {
    const { registry, runtime, now } = this.#parts;
    return { registry: registry.current, runtime, now: now() };
  }

  /**
   * Fetches a provider's list with one free request, and returns the changes that it would make. Nothing is
   * stored.
   * @throws AppError `feature_disabled`, `missing_key`, `not_configured`, `invalid_request` for a protocol
   * without a list; a provider's code with its own message if it fails
   */
  async sync(
    { provider: name }: ParsedInput<'models.sync'>,
    { signal }: Pick<RequestContext, 'signal'>,
  ): Promise<Sync> {
    const { redactor, now } = this.#parts;
    const provider = providerByName(this.#catalog, name);
    const fetched = redactor.redactDeep(await askList(this.#parts, provider, signal));
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
    await this.#noteChecked(provider, { provider, models, complete, source, as_of });
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

  /** Stores the day when the list last contained our models; a failed write is ignored. */
  async #noteChecked(provider: Provider, list: ListRead): Promise<void> {
    const { runtimeRoot, registry, redactor } = this.#parts;
    if (provider.origin === 'runtime') return;
    const index = new ListedIndex(provider, list.models);
    const found = provider.models.filter((model) => index.get(model)).map(({ id }) => id);
    const { source, as_of } = list;
    const check = { origin: originOf(provider.base) ?? '', source: redactor.redact(source), as_of, found };
    // Checks of lists fetched in parallel are written one after the other.
    this.#noting = this.#noting.then(async () => {
      const checks = loadModelChecks(runtimeRoot).set(provider.name, check);
      await saveModelChecks(runtimeRoot, checks).catch(() => {});
      registry.refreshChecks();
    });
    await this.#noting;
  }

  /**
   * Fetches the lists of all providers that are enabled and have their key, in parallel; a failure does not
   * affect the others. Nothing is stored.
   * @param input.providers only these; by default all
   * @throws AppError `unknown_provider`
   */
  async news(
    { providers: names }: ParsedInput<'models.news'>,
    context: Pick<RequestContext, 'signal'>,
  ): Promise<NewsReport> {
    const { registry, usable, redactor, now } = this.#parts;
    const all = [...registry.current.providers.values()].filter(({ kind }) => kind !== 'stub');
    const wanted = names ? names.map((name) => providerByName(this.#catalog, name)) : all;
    const skipped: NewsReport['skipped'] = [];
    const failed: NewsReport['failed'] = [];
    const lists: Sync[] = [];
    await Promise.all(
      wanted.map(async (provider) => {
        const reason = whySkipped(this.#parts, provider);
        if (reason) return void skipped.push({ provider: provider.name, reason });
        try {
          lists.push(await this.sync({ provider: provider.name }, context));
        } catch (error) {
          if (context.signal.aborted || !(error instanceof AppError)) throw error;
          const { code, message } = error;
          // A local server that is not running is not a failure, unless it was named explicitly.
          if (!names && provider.kind === 'local' && code === 'provider_unreachable')
            return void skipped.push({ provider: provider.name, reason: 'not_running' });
          failed.push(redactor.redactDeep({ provider: provider.name, code, message }));
        }
      }),
    );
    const order = new Map(wanted.map(({ name }, at) => [name, at]));
    const inOrder = <T extends { provider: string }>(found: T[]) =>
      found.toSorted((a, b) => (order.get(a.provider) ?? 0) - (order.get(b.provider) ?? 0));
    const news = newsOf(inOrder(lists), { registry: registry.current, now: now(), usable });
    return { lists: inOrder(lists), news, failed: inOrder(failed), skipped: inOrder(skipped) };
  }

  /**
   * Shows what a catalogue file would change, or applies it. A catalogue contains models, end dates, prices
   * and rules; it cannot set providers' addresses and kinds. A lower price is applied only if it was
   * confirmed.
   * @throws AppError `invalid_request` for an invalid catalogue; `file_unreadable`
   */
  import({
    document,
    mode,
    lower_prices,
  }: ParsedInput<'models.import'>): Promise<OperationOutput<'models.import'>> {
    const { registry, history, redactor } = this.#parts;
    return history.runExclusive(async () => {
      const read = redactor.redactDeep(readCatalogue(document));
      const { file, items, toKeep } = planCatalogue(registry.current, read, new Set(lower_prices));
      const reported = { source: file.source, as_of: file.as_of, items };
      if (mode === 'preview' || toKeep.size === 0)
        return { ...reported, kept: 0, change: null, ...noticeFieldsOf([]) };
      const written: WrittenProvider[] = [];
      const warnings: Notice[] = [];
      for (const [name, facts] of toKeep) {
        const provider = registry.current.providers.get(name);
        const one = await this.#overlays.keep(name, originOf(provider?.base ?? '') ?? '', facts);
        written.push(one.written);
        warnings.push(...one.warnings);
      }
      warnings.push(...this.#overlays.publish(written));
      const stored = [...toKeep.values()].reduce((sum, facts) => sum + facts.length, 0);
      const summary = codedText(
        'change',
        'catalogue_imported',
        { models: stored, source: file.source },
        `imported ${stored} models of the catalogue of ${file.source}`,
      );
      const change = this.#overlays.remember(summary, written);
      return { ...reported, kept: stored, change, ...noticeFieldsOf(warnings) };
    });
  }

  /**
   * @throws AppError `unknown_provider`, `invalid_request` for a runtime adapter, which has no file for an
   * overlay
   */
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
   * Writes the accepted facts of the last sync over those stored before.
   * @throws AppError `not_found` without a sync in the last ten minutes, `invalid_request` for an id that is
   * not in it, `file_unreadable`
   */
  keep({ provider: name, accept }: ParsedInput<'models.keep'>): Promise<OperationOutput<'models.keep'>> {
    return this.#parts.history.runExclusive(async () => {
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
          ...noticeFieldsOf([notice('nothing_to_keep', {}, 'nothing differs: there is nothing to keep')]),
        };
      const facts = ids.map((id) => toKeep.get(id) as KeptModel);
      const { written, warnings } = await this.#overlays.keep(provider.name, origin, facts);
      const reported = [...warnings, ...this.#overlays.publish([written])];
      const summary = codedText(
        'change',
        'facts_kept',
        { facts: ids.length, provider: provider.name },
        `kept ${ids.length} facts from the list of ${provider.name}`,
      );
      const change = this.#overlays.remember(summary, [written]);
      return { provider: provider.name, file, kept: ids.length, change, ...noticeFieldsOf(reported) };
    });
  }

  /**
   * Moves a provider's overlay to the trash; the registry then has only its files' facts.
   * @throws AppError `not_found` if nothing was stored, `unknown_provider`
   */
  forget({ provider: name }: ParsedInput<'models.forget'>): Promise<OperationOutput<'models.forget'>> {
    const { runtimeRoot, now } = this.#parts;
    return this.#parts.history.runExclusive(async () => {
      const provider = findProvider(this.#catalog, name)?.name ?? name;
      const path = overlayPath(runtimeRoot, provider);
      if (!existsSync(path))
        throw new AppError('not_found', `nothing is kept from the model list of ${provider}`);
      const written = { path, before: textIn(path), after: undefined };
      const trashed = await moveToTrash(runtimeRoot, path, now());
      this.#found.delete(provider);
      const warnings = this.#overlays.publish([written]);
      const summary = codedText(
        'change',
        'synced_models_removed',
        { provider },
        `removed the synced models of ${provider}`,
      );
      const change = this.#overlays.remember(summary, [written], () => removeFromTrash(trashed));
      return { provider, trashed, change, ...noticeFieldsOf(warnings) };
    });
  }
}
