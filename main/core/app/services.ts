import { randomBytes } from 'node:crypto';
import type { AdapterName } from '../../../contract/provider.ts';
import type { PanelEvent } from '../../../contract/events.ts';
import { isOperationName } from '../../../contract/operations/table.ts';
import { callQueries, openCallStorage } from './call-storage.ts';
import { logCall } from './log-call.ts';
import { Replay } from '../chat/replay.ts';
import { ChatService, type ChatParts } from '../chat/chat-service.ts';
import { RetryWaits } from '../chat/send/retry-waits.ts';
import { Dispatcher } from './dispatch.ts';
import { FeatureFlags } from '../registry/features/feature-flags.ts';
import { EmbeddingService } from '../embeddings/embedding-service.ts';
import { LineBatches } from '../provider-batches/line-batches.ts';
import { ProviderBatches } from '../provider-batches/provider-batches.ts';
import { EmulationService } from '../emulation/emulation-service.ts';
import { PersonaFiles } from '../emulation/persona-files.ts';
import { createHandlers } from './handlers.ts';
import { openLog, type Log } from '../lib/log/log.ts';
import { Metrics } from './metrics/metrics.ts';
import type { Ports } from '../lib/host/ports.ts';
import { createUserData } from './user-data.ts';
import { PackService } from '../prompt-packs/pack-service.ts';
import { PackStore } from '../prompt-packs/pack-store.ts';
import { PublicProviders } from '../providers/public-providers.ts';
import { Redactor } from '../lib/redact.ts';
import { Diagnostics } from '../providers/diagnostics.ts';
import { LocalServers } from '../providers/local-servers.ts';
import { ModelSync } from '../providers/model-sync/model-sync.ts';
import { RegistryStore } from '../registry/registry-store.ts';
import { SpendService } from '../providers/spend-service.ts';
import { RegistryViews } from '../providers/registry-views.ts';
import { RuntimeAdapters } from '../registry/runtime/runtime-adapters.ts';
import { FileWatcher } from '../registry/watch-files.ts';
import { useOurMessages } from '../lib/validation.ts';
import { KeyFinder } from '../secrets/key-finder.ts';
import { KeyPool } from '../secrets/key-pool.ts';
import { KeyStates } from '../secrets/key-states.ts';
import { usableBy } from '../secrets/usable-provider.ts';
import { KeyService } from '../providers/key-service.ts';
import { Listener } from './server/listener.ts';
import { ServerInfo } from './server/server-info.ts';
import { withoutSecretDrafts } from './settings.ts';
import { UserFiles } from './user-files/user-files.ts';
import type { TranslationService } from '../translation/translation-service.ts';
import type { Trials } from '../trials/trial-handlers.ts';
import { DatabaseBuckets } from '../rate-limits/bucket-store.ts';
import { RateLimits } from '../rate-limits/rate-limits.ts';
import { Breakers } from '../net/breakers.ts';
import { LoopGuard } from '../net/loop-guard.ts';
import { readProxies } from '../net/proxies.ts';
import { createTransport } from '../net/transport.ts';
import { notice } from '../lib/notice.ts';

export interface Core {
  dispatcher: Dispatcher;
  server: ServerInfo;
  listener: Listener;
  log: Log;
  redactor: Redactor;
  metrics: Metrics;
  /**
   * The adapter of the provider that a call to this model would use; undefined if that is unknown. It
   * determines which fields a protocol forwards.
   */
  adapterOf(model: string | undefined): AdapterName | undefined;
  /** For uploads and downloads, which transfer bytes and are not operations. */
  translation(): Promise<TranslationService>;
  /** Returns the function that unsubscribes. */
  onEvent(listener: (event: PanelEvent) => void): () => void;
  /** Starts what can wait until the API answers and the window shows: file watching, the database. */
  settle(): void;
  close(): Promise<void>;
}

/** Queries whose answers change during a translation run; queries that read all lines wait for its end. */
const whatRunsChange = ['get', 'units', 'index', 'unit', 'groups', 'runs'].map((name) => `translate.${name}`);

/** Creates all services, wired by hand: those for handlers, and the core's own parts. */
function createServices(ports: Ports) {
  const { env, paths, now } = ports;
  useOurMessages();
  const redactor = new Redactor();
  const { log, tail, close: closeLog } = openLog(paths.runtimeRoot, env['COMFYVN_LOG_LEVEL'], redactor);
  const { lock } = ports;
  const flags = new FeatureFlags(paths.runtimeRoot, env, lock);
  const settings = withoutSecretDrafts(ports.settings, redactor);
  const networks = () => {
    const { own_networks: own, foreign_networks: foreign } = settings.get();
    return { own, foreign };
  };
  const registry = new RegistryStore(
    () => ({ ...paths, env, redactor, now: now(), networks: networks() }),
    log,
  );
  const runtime = new RuntimeAdapters(() => registry.current, redactor);
  const keys = new KeyFinder(
    env,
    ports.secrets,
    redactor,
    () => registry.current.providers.values(),
    () => stale(['registry.get', 'server.status']),
  );
  const server = new ServerInfo(
    ports,
    () => registry.current.providers.size,
    () => storage.warnings(),
    () => stale(['server.status']),
  );
  const proxies = readProxies(env);
  for (const secret of proxies.secrets) redactor.add(secret);
  const transport = createTransport({ proxies, ownNetworks: () => registry.current.ownNetworks });
  const call = { transport, log, ownPort: () => server.ownPort() };
  const diagnostics = new Diagnostics({ ...call, keys, flags, now });
  const listener = new Listener({ ports, server, settings, redactor });
  const metrics = new Metrics(() => registry.current);
  const storage = openCallStorage({
    env,
    paths,
    now,
    log,
    redactor,
    settings,
    onWritten: () => stale(callQueries),
    onWarning: () => stale(['registry.get', 'server.status']),
    onCall: (call) => {
      metrics.call(call);
      logCall(log, call);
    },
  });
  const { budget, calls } = storage;
  const keyPool = new KeyPool({
    states: new KeyStates({ database: storage.database, log, now }),
    redactor,
    log,
    now,
    onChange: (what) =>
      stale(what === 'rests' ? ['keys.list'] : ['keys.list', 'registry.get', 'server.status']),
  });
  const warnings = () => [
    ...settings.warnings(),
    ...ports.secrets.warnings(),
    ...storage.warnings(),
    ...keyPool.warnings(),
    ...proxies.problems.map(({ variable, problem }) =>
      notice('proxy_unusable', { variable }, `${variable} ${problem}: no call is sent through it`),
    ),
  ];
  const views = new RegistryViews({ registry, runtime, flags, keys, redactor, diagnostics, now, warnings });
  const rateLimits = new RateLimits({
    buckets: new DatabaseBuckets(storage.database),
    configured(provider) {
      const limits = settings.get().provider_limits;
      return Object.hasOwn(limits, provider) ? limits[provider] : undefined;
    },
    now: Date.now,
    log,
  });
  const chatParts: ChatParts = {
    ...call,
    breakers: new Breakers(now),
    rateLimits,
    loopGuard: new LoopGuard(),
    waits: new RetryWaits(),
    keyPool,
    registry: () => registry.current,
    runtime,
    flags,
    keys,
    budget,
    recorder: storage.recorder,
    redactor,
    now,
    version: ports.version,
    instanceId: randomBytes(4).toString('hex'),
  };
  const chat = new ChatService(chatParts);
  const embeddings = new EmbeddingService(chatParts);
  const batches = new ProviderBatches(chatParts);
  const moduleOf = (name: string) => registry.current.modules.get(name);
  const packStore = new PackStore({ paths, log, lock, schemaOfModule: (name) => moduleOf(name)?.schema });
  registry.onChange(() => packStore.reload());
  const packs = new PackService({
    store: packStore,
    chat,
    hasModule: (name) => moduleOf(name) !== undefined,
  });
  const personaFiles = new PersonaFiles(paths.runtimeRoot);
  const emulation = new EmulationService({ flags, packs: packStore, chat, personaFiles });
  const listeners = new Set<(event: PanelEvent) => void>();
  const stale = (names: readonly string[]) => {
    for (const listener of listeners) listener({ type: 'stale', operations: names.filter(isOperationName) });
  };
  registry.onChange(() =>
    stale([
      'registry.get',
      'features.get',
      'packs.list',
      'packs.get',
      'packs.library',
      'packs.source',
      'presets.list',
      'presets.check',
      'files.broken',
      'providers.get',
    ]),
  );
  const watcher = new FileWatcher({
    runtimeRoot: paths.runtimeRoot,
    registryFile: env['COMFYVN_LLM_REGISTRY'],
    changed() {
      flags.reload();
      registry.tryRefresh();
      stale(['settings.get', 'budget.get', 'server.status', 'files.broken']);
      void files.keepGood();
    },
    mayRecover: () => registry.mayRecover,
  });
  const userData = createUserData({
    registry,
    runtime,
    packs: packStore,
    runtimeRoot: paths.runtimeRoot,
    redactor,
    chat,
    log,
    lock,
    personaFiles,
    usable: usableBy(flags, keys),
    unwatched: watcher.paused,
    now,
    onChanged: () => stale(['changes.list']),
  });
  const files = new UserFiles({
    runtimeRoot: paths.runtimeRoot,
    env,
    registry,
    packs: packStore,
    settings,
    history: userData.history,
    log,
    desktop: ports.desktop,
    now,
    onWritten() {
      flags.reload();
      registry.tryRefresh();
    },
  });
  const models = new ModelSync({
    ...call,
    keys,
    registry,
    runtime,
    flags,
    redactor,
    now,
    usable: usableBy(flags, keys),
    runtimeRoot: paths.runtimeRoot,
    history: userData.history,
  });
  const local = new LocalServers({ ...call, keys, flags, registry, runtime, redactor });
  const keyService = new KeyService({
    store: ports.secrets,
    keys,
    pool: keyPool,
    diagnostics,
    registry,
    runtime,
    redactor,
    history: userData.history,
    now,
  });
  const spend = new SpendService({ ...call, keys, registry: () => registry.current, calls, budget });
  const publicProviders = new PublicProviders({ views, chat, flags });
  let loading: Promise<TranslationService> | undefined;
  const translationParts = {
    database: storage.database,
    signals: storage.signals,
    helpsOthers: () => settings.get().help_with_runs,
    chat,
    batches,
    packs: packStore,
    log,
    env,
    runtimeRoot: paths.runtimeRoot,
    appRoot: paths.appRoot,
    now,
    onProgress: () => stale(whatRunsChange),
  };
  const translation = () =>
    (loading ??= import('../translation/translation-service.ts').then(
      (loaded) => new loaded.TranslationService(translationParts),
    ));
  let loadingTrials: Promise<Trials> | undefined;
  const trialParts = {
    chat,
    packs,
    packStore,
    flags,
    keys,
    log,
    now,
    translation,
    paths,
    registry: () => registry.current,
    onProgress: () => stale(['trials.list', 'trials.get']),
    onEnded: () => stale(['trials.list', 'trials.get', 'trials.ranks', 'trials.ballot']),
  };
  const trials = () =>
    (loadingTrials ??= import('../trials/open-trials.ts').then((loaded) => loaded.openTrials(trialParts)));
  const services = {
    registry,
    runtime,
    flags,
    chat,
    embeddings,
    lineBatches: new LineBatches(batches),
    packs,
    emulation,
    settings,
    calls,
    replay: new Replay(calls, chat),
    budget,
    rateLimits,
    server,
    views,
    publicProviders,
    userData,
    models,
    local,
    waits: chatParts.waits,
    listener,
    transport,
    tail,
    ports,
    keys: keyService,
    spend,
    files,
    /** Created on first use. */
    translation,
    trials,
  };
  return {
    services,
    log,
    redactor,
    metrics,
    stale,
    onEvent(heard: (event: PanelEvent) => void) {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    settle() {
      const look = () => keyPool.look([...registry.current.providers.values()].map((one) => keys.all(one)));
      void storage
        .open()
        .then(look)
        .catch((error: unknown) => log.warn(String(error)));
      watcher.start();
      // Shows runs of other machines, and helps with them if the user wants that.
      if (storage.database.kind === 'postgres')
        void translation().then(
          (loaded) => loaded.sharing.begin(),
          (error: unknown) => log.error(`runs of other machines are not visible: ${String(error)}`),
        );
    },
    async close(): Promise<void> {
      await watcher.close();
      await (await loadingTrials)?.trials.close();
      await files.close();
      await (await loading)?.close();
      await transport.close();
      await rateLimits.close();
      await storage.close();
      await lock.close();
      await closeLog();
    },
  };
}

/** Everything that handlers can use; each handler takes what it needs. */
export type Services = ReturnType<typeof createServices>['services'];

/** Creates the core for any host: the operations, and the parts that transports use directly. */
export function createCore(ports: Ports): Core {
  const { services, stale, ...parts } = createServices(ports);
  const { log, redactor } = parts;
  const { server, listener, chat, translation } = services;
  return {
    ...parts,
    dispatcher: new Dispatcher({ handlers: createHandlers(services), log, redactor, onTouched: stale }),
    server,
    listener,
    adapterOf: (model) => chat.adapterOf(model),
    translation,
  };
}
