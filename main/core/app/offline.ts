import type { ChatAnswer, DryRunAnswer } from '../../../contract/chat.ts';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import type { PackRequest } from '../../../contract/prompt-pack.ts';
import { mockAnswer } from '../chat/answer.ts';
import { checkBeforeSending } from '../chat/preflight-checks.ts';
import { batchFactor } from '../provider-batches/provider-batches.ts';
import type { ChatCall } from '../chat/resolve/merge-options.ts';
import { Planner } from '../chat/planner.ts';
import type { Choice, Resolved } from '../chat/resolve/resolve.ts';
import { FeatureFlags } from '../registry/features/feature-flags.ts';
import { FolderLock } from '../lib/files/folder-lock.ts';
import { silentLog } from '../lib/log/log.ts';
import type { Paths, SecretStore } from '../lib/host/ports.ts';
import { PackStore } from '../prompt-packs/pack-store.ts';
import { preparePack, type Prepared } from '../prompt-packs/prepare-pack.ts';
import { Redactor } from '../lib/redact.ts';
import type { Registry } from '../registry/build-registry.ts';
import { savedNetworks } from './check/check-files.ts';
import { RegistryStore } from '../registry/registry-store.ts';
import { registryView } from '../providers/registry-view.ts';
import { RuntimeAdapters } from '../registry/runtime/runtime-adapters.ts';
import { KeyFinder } from '../secrets/key-finder.ts';
import { useOurMessages } from '../lib/validation.ts';

export interface OfflineParts {
  paths: Paths;
  env: Readonly<Record<string, string | undefined>>;
  secrets: SecretStore;
  version: string;
  now(): number;
}

const nobody = {};

/** Operations that need no server: they read files, send nothing and write nothing. */
export class Offline {
  readonly redactor = new Redactor();
  readonly packs: PackStore;
  readonly #registry: RegistryStore;
  readonly #flags: FeatureFlags;
  readonly #keys: KeyFinder;
  readonly #planner: Planner;
  readonly #now: () => number;

  constructor({ paths, env, secrets, version, now }: OfflineParts) {
    useOurMessages();
    const { redactor } = this;
    this.#now = now;
    const lock = new FolderLock(paths.runtimeRoot);
    this.#flags = new FeatureFlags(paths.runtimeRoot, env, lock);
    this.#registry = new RegistryStore(
      () => ({ ...paths, env, redactor, now: now(), networks: savedNetworks(paths.runtimeRoot) }),
      silentLog,
    );
    this.#keys = new KeyFinder(env, secrets, redactor, () => this.registry.providers.values());
    const runtime = new RuntimeAdapters(() => this.registry, redactor);
    this.packs = new PackStore({
      paths,
      log: silentLog,
      lock,
      schemaOfModule: (name) => this.registry.modules.get(name)?.schema,
    });
    this.#planner = new Planner({
      registry: () => this.registry,
      runtime,
      keys: this.#keys,
      flags: this.#flags,
      redactor,
      now,
      version,
      instanceId: 'offline',
    });
  }

  /** A batch's fraction of the live price; null if the provider has no batches. */
  batchFactor(call: ChatCall): number | null {
    return batchFactor(this.registry, this.#planner.resolve(call));
  }

  get registry(): Registry {
    return this.#registry.current;
  }

  /** As `GET /api/llm/registry`. */
  view(): Omit<RegistryView, 'runtime'> {
    return registryView({
      registry: this.registry,
      flags: this.#flags,
      keys: this.#keys,
      redactor: this.redactor,
      now: this.#now(),
    });
  }

  /**
   * The provider and model that would answer.
   * @throws AppError `unknown_provider`, `unknown_model`, `unknown_module`, `ambiguous_model`
   */
  resolve(choice: Choice): Resolved {
    return this.#planner.resolve(choice);
  }

  /** A dry run, the same as the API's. */
  async plan(request: ChatCall): Promise<DryRunAnswer> {
    const resolved = this.#planner.resolve(request);
    await this.#keys.open(resolved.provider);
    return this.#planner.shown(this.#planner.plan(resolved, request, nobody));
  }

  /**
   * Checks that a live call would be sent, except for its cost.
   * @throws AppError `feature_disabled`, `not_configured`, `model_retired`, `parameter_refused`,
   * `missing_key`
   */
  async checkBeforeSending(request: ChatCall): Promise<void> {
    const resolved = this.#planner.resolve(request);
    if (resolved.provider.kind === 'stub') return;
    await this.#keys.open(resolved.provider);
    checkBeforeSending(this.#planner.plan(resolved, request, nobody), request, this.#flags, this.#keys);
  }

  /** The stub's answer for the resolved model, the same as the API's with `mock`. */
  async mock(request: ChatCall): Promise<ChatAnswer> {
    const plan = this.#planner.plan(this.#planner.resolve(request), request, nobody);
    return mockAnswer(plan, request, performance.now());
  }

  /**
   * Renders a prompt pack.
   * @throws AppError `unknown_module`, `pack_variables_invalid`, `pack_template_failed`
   */
  async prepare(request: PackRequest): Promise<Prepared> {
    const pack = await this.packs.get(request.module);
    return preparePack(pack, this.registry.modules.has(pack.file.module), request);
  }
}
