import { randomBytes } from 'node:crypto';
import type { PanelEvent } from '../../../contract/events.ts';
import { isOperationName } from '../../../contract/operations/table.ts';
import type { Budget } from '../budget/budget.ts';
import { keepBooks } from './call-storage.ts';
import { logCall } from './log-call.ts';
import type { CallLog } from '../calls/call-log.ts';
import { Replay } from '../chat/replay.ts';
import { ChatService } from '../chat/chat-service.ts';
import { Dispatcher } from './dispatch.ts';
import { FeatureFlags } from '../registry/features/feature-flags.ts';
import { EmulationService } from '../emulation/emulation-service.ts';
import { createHandlers } from './handlers.ts';
import { openLog, type Log } from '../lib/log.ts';
import type { LogTail } from '../lib/log-tail.ts';
import { Metrics } from './metrics/metrics.ts';
import type { Ports, SettingsStore } from '../lib/ports.ts';
import { createUserData, type UserData } from './user-data.ts';
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
import { watchFiles } from '../registry/watch-files.ts';
import { useOurMessages } from '../lib/validation-messages.ts';
import { KeyFinder } from '../secrets/key-finder.ts';
import { KeyService } from '../providers/key-service.ts';
import { Listener } from './server/listener.ts';
import { ServerInfo } from './server/server-info.ts';
import { rememberSettings } from './settings.ts';
import type { TranslationService } from '../translation/translation-service.ts';
import { Breakers } from '../net/breakers.ts';
import { SameCalls } from '../net/loop-guard.ts';
import { createTransport, type Transport } from '../net/transport.ts';

export interface Services {
  registry: RegistryStore;
  runtime: RuntimeAdapters;
  flags: FeatureFlags;
  chat: ChatService;
  packs: PackService;
  emulation: EmulationService;
  settings: SettingsStore;
  calls: CallLog;
  replay: Replay;
  budget: Budget;
  server: ServerInfo;
  views: RegistryViews;
  publicProviders: PublicProviders;
  userData: UserData;
  models: ModelSync;
  local: LocalServers;
  listener: Listener;
  transport: Transport;
  tail: LogTail;
  ports: Ports;
  keys: KeyService;
  spend: SpendService;
  /** Made when it is first asked for. */
  translation(): Promise<TranslationService>;
}

export interface Core {
  dispatcher: Dispatcher;
  server: ServerInfo;
  listener: Listener;
  log: Log;
  redactor: Redactor;
  metrics: Metrics;
  /** Returns the function that stops listening. */
  onEvent(listener: (event: PanelEvent) => void): () => void;
  /** What can wait until the API answers and the window shows: file watching, the database. */
  settle(): void;
  /** Loads the HTTP client, which otherwise comes with the first call, or the first look at what one would send. */
  warm(): void;
  close(): Promise<void>;
}

/** All services, wired by hand. */
export function createCore(ports: Ports): Core {
  const { env, paths, now } = ports;
  useOurMessages();
  const redactor = new Redactor();
  const { log, tail, close: closeLog } = openLog(paths.runtimeRoot, env['COMFYVN_LOG_LEVEL'], redactor);
  const flags = new FeatureFlags(paths.runtimeRoot, env, now);
  const registry = new RegistryStore(() => ({ ...paths, env, redactor, now: now() }), log);
  const runtime = new RuntimeAdapters(() => registry.current, redactor);
  const keys = new KeyFinder(env, ports.secrets, redactor, () => stale(['registry.get', 'server.status']));
  const server = new ServerInfo(
    ports,
    () => registry.current.providers.size,
    () => books.warnings(),
  );
  const transport = createTransport();
  const call = { transport, log, ownPort: () => server.ownPort() };
  const diagnostics = new Diagnostics({ ...call, keys, flags, now });
  const settings = rememberSettings(ports.settings);
  const listener = new Listener({ ports, server, settings, redactor });
  const metrics = new Metrics(() => registry.current);
  const books = keepBooks({
    env,
    paths,
    now,
    log,
    redactor,
    settings,
    onWritten: () => stale(['calls.list', 'calls.spend', 'spend.get', 'budget.get']),
    onWarning: () => stale(['registry.get', 'server.status']),
    onCall: (call) => {
      metrics.call(call);
      logCall(log, call);
    },
  });
  const { budget, calls } = books;
  const warnings = () => [...ports.secrets.warnings(), ...books.warnings()];
  const views = new RegistryViews({ registry, runtime, flags, keys, redactor, diagnostics, now, warnings });
  const chat = new ChatService({
    ...call,
    breakers: new Breakers(now),
    sameCalls: new SameCalls(),
    registry: () => registry.current,
    runtime,
    flags,
    keys,
    budget,
    recorder: books.recorder,
    redactor,
    now,
    version: ports.version,
    instanceId: randomBytes(4).toString('hex'),
  });
  const moduleOf = (name: string) => registry.current.modules.get(name);
  const packStore = new PackStore({ paths, log, schemaOfModule: (name) => moduleOf(name)?.schema });
  registry.onChange(() => packStore.reload());
  const packs = new PackService({
    store: packStore,
    chat,
    hasModule: (name) => moduleOf(name) !== undefined,
  });
  const emulation = new EmulationService({ flags, packs: packStore, chat });
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
      'providers.get',
    ]),
  );
  const userData = createUserData({
    registry,
    runtime,
    packs: packStore,
    runtimeRoot: paths.runtimeRoot,
    redactor,
    chat,
    log,
    now,
  });
  const models = new ModelSync({
    ...call,
    keys,
    registry,
    runtime,
    flags,
    redactor,
    now,
    runtimeRoot: paths.runtimeRoot,
    history: userData.history,
  });
  const local = new LocalServers({ ...call, keys, registry, runtime, redactor });
  const keyService = new KeyService({
    store: ports.secrets,
    keys,
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
    database: books.database,
    chat,
    packs: packStore,
    log,
    env,
    runtimeRoot: paths.runtimeRoot,
    now,
    onProgress: () => stale(['translate.get', 'translate.units', 'translate.groups']),
  };
  const translation = () =>
    (loading ??= import('../translation/translation-service.ts').then(
      (loaded) => new loaded.TranslationService(translationParts),
    ));
  const handlers = createHandlers({
    registry,
    runtime,
    flags,
    chat,
    packs,
    emulation,
    settings,
    calls,
    replay: new Replay(calls, chat),
    budget,
    server,
    views,
    publicProviders,
    userData,
    models,
    local,
    listener,
    transport,
    tail,
    ports,
    keys: keyService,
    spend,
    translation,
  });
  let stopWatching: (() => Promise<void>) | undefined;
  return {
    dispatcher: new Dispatcher({ handlers, log, redactor, onTouched: stale }),
    server,
    listener,
    log,
    redactor,
    metrics,
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    warm: () => void transport.warm(),
    settle() {
      void books.open();
      const changed = () => {
        flags.reload();
        registry.tryRefresh();
      };
      stopWatching ??= watchFiles(paths.runtimeRoot, env['COMFYVN_LLM_REGISTRY'], changed);
    },
    async close() {
      await stopWatching?.();
      await (await loading)?.close();
      await transport.close();
      await books.close();
      await closeLog();
    },
  };
}
