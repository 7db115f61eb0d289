import type {
  OperationName,
  OperationOutput,
  OperationsOfKind,
  ParsedInput,
} from '../../../contract/operations/table.ts';
import { aboutOf, choosePaths, openFolder } from './about.ts';
import type { StreamListener } from '../chat/reply/stream-listener.ts';
import { callableModels, callableModel, listModels, modelById } from '../chat/resolve/model-ids.ts';
import { testCall } from '../chat/test-call.ts';
import { flagViews } from '../registry/features/flag-views.ts';
import type { RequestContext } from '../lib/request-context.ts';
import { markNetwork } from '../providers/own-network.ts';
import { translationHandlers } from '../translation/translation-handlers.ts';
import { trialHandlers } from '../trials/trial-handlers.ts';
import { connectTest } from './server/connect-test.ts';
import type { Services } from './services.ts';

type StreamName = OperationsOfKind<'stream'>;

/** One handler for each operation: a missing or an extra one does not compile. */
export type Handlers = {
  [N in Exclude<OperationName, StreamName>]: (
    input: ParsedInput<N>,
    context: RequestContext,
  ) => OperationOutput<N> | Promise<OperationOutput<N>>;
} & {
  [N in StreamName]: (
    input: ParsedInput<N>,
    context: RequestContext,
    streamListener: StreamListener,
  ) => Promise<OperationOutput<N>>;
};

/** A copy only where it has to differ: nearly every call says already what its door means. */
function asStream<T extends { stream?: boolean | undefined }>(input: T, stream: boolean): T {
  return (input.stream === true) === stream ? input : { ...input, stream };
}

/** What each operation does, by the services. */
export function createHandlers(services: Services): Handlers {
  const {
    registry,
    runtime,
    flags,
    chat,
    embeddings,
    packs,
    emulation,
    settings,
    calls,
    replay,
    budget,
    server,
    views,
    publicProviders,
    userData,
    models,
    local,
    waits,
    listener,
    transport,
    tail,
    ports,
    keys,
    spend,
    files,
    translation,
    trials,
  } = services;
  const flagsNow = () => ({
    features: flags.all(),
    file: flags.file,
    flags: flagViews(flags, registry.current),
    warning: flags.warning ?? null,
  });
  const { presets, exchange, providers, packs: ownPacks, history } = userData;
  return {
    'registry.get': ({ diagnostics }, context) => views.registry(diagnostics ? context.signal : undefined),
    'registry.refresh': () => {
      flags.reload();
      registry.refresh();
      return views.registry();
    },
    'runtime.list': () => ({ adapters: runtime.list() }),
    'runtime.register': (input) => runtime.register(input),
    'runtime.remove': ({ id }) => {
      runtime.remove(id);
      return {};
    },
    'presets.list': ({ module }) => presets.list(module),
    'presets.check': (input, context) => userData.check(input, context),
    'presets.create': (input) => presets.create(input),
    'presets.update': (input) => presets.update(input),
    'presets.duplicate': (input) => presets.duplicate(input),
    'presets.activate': (input) => presets.activate(input),
    'presets.reset': (input) => presets.reset(input),
    'presets.remove': (input) => presets.remove(input),
    'presets.undo': ({ change }) => history.undo('presets', change),
    'presets.export': (input) => exchange.export(input),
    'presets.import': (input) => exchange.import(input),
    'sillytavern.import': (input) => userData.sillyTavern.import(input),
    'providers.get': ({ name }) => providers.get(name),
    'providers.check': ({ name }, context) => views.check(name, context.signal),
    'providers.ownNetwork': (input) => markNetwork({ settings, registry }, input),
    'providers.save': (input) => providers.save(input),
    'providers.remove': (input) => providers.remove(input),
    'providers.keep': (input) => providers.keep(input),
    'providers.undo': ({ change }) => history.undo('providers', change),
    'models.sync': (input, context) => models.sync(input, context),
    'models.news': (input, context) => models.news(input, context),
    'models.import': (input) => models.import(input),
    'models.keep': (input) => models.keep(input),
    'models.forget': (input) => models.forget(input),
    'local.find': (_input, context) => local.find(context.signal),
    'local.models': ({ provider }, context) => local.models(provider, context.signal),
    'keys.list': () => keys.list(),
    'keys.set': (input) => keys.set(input),
    'keys.remove': (input) => keys.remove(input),
    'keys.undo': ({ change }) => history.undo('keys', change),
    'chat.send': (input, context) =>
      input.dry_run ? chat.dryRun(input, context) : chat.send(asStream(input, false), context),
    'chat.stream': (input, context, streamListener) =>
      chat.send(asStream(input, true), context, streamListener),
    'chat.preview': async (input, context) => (await chat.preview(input, context)).shown,
    'chat.sendNow': ({ request_id: id }) => ({ was_waiting: waits.end(id) }),
    'chat.test': (input, context) => testCall(chat, flags, input, context),
    'openai.models': () => ({ object: 'list', data: listModels(chat.catalog) }),
    'openai.model': ({ id }) => modelById(chat.catalog, id),
    'models.callable': () => ({ models: callableModels(chat.catalog) }),
    'models.callableOne': ({ id }) => ({ model: callableModel(chat.catalog, id) }),
    'embeddings.create': (input, context) => embeddings.create(input, context),
    'publicProviders.registry': () => publicProviders.registry(),
    'publicProviders.catalog': () => publicProviders.catalog(),
    'publicProviders.chat': (input, context) => publicProviders.chat(input, context),
    'packs.list': () => packs.list(),
    'packs.get': ({ module }) => packs.get(module),
    'packs.run': (input, context) => packs.run(input, context),
    'packs.plan': (input, context) => packs.plan(input, context),
    'packs.stream': (input, context, streamListener) => packs.stream(input, context, streamListener),
    'packs.library': () => ownPacks.library(),
    'packs.source': (input) => ownPacks.source(input),
    'packs.version': (input) => ownPacks.version(input),
    'packs.preview': (input) => ownPacks.preview(input),
    'packs.create': (input) => ownPacks.create(input),
    'packs.save': (input) => ownPacks.save(input),
    'packs.duplicate': (input) => ownPacks.duplicate(input),
    'packs.remove': (input) => ownPacks.remove(input),
    'packs.undo': ({ change }) => history.undo('packs', change),
    'packs.export': (input) => exchange.exportPack(input),
    'packs.import': (input) => exchange.import(input),
    'emulation.status': () => emulation.status(),
    'emulation.toggle': ({ enabled }) => emulation.toggle(enabled),
    'emulation.persona': (input) => emulation.persona(input),
    'emulation.chat': (input, context) => emulation.chat(input, context),
    'calls.list': (input) => calls.list(input),
    'calls.totals': (input) => calls.totals(input),
    'calls.charts': ({ days }) => calls.charts(days),
    'calls.delete': ({ ids }) => calls.delete(ids),
    'calls.get': async ({ id }, { fromPanel }) => {
      const call = await calls.get(id, fromPanel);
      const checks = await packs.checksOf(call);
      return { call: checks ? { ...call, checks } : call };
    },
    'calls.plan': ({ id }, context) => replay.plan(id, context),
    'calls.replay': ({ id }, context, streamListener) => replay.send(id, context, streamListener),
    'calls.spend': ({ days }) => calls.spend(days),
    'budget.get': () => budget.view(),
    'spend.get': (input) => spend.get(input),
    'spend.settle': (input) => spend.settle(input),
    'spend.verify': (input, context) => spend.verify(input, context.signal),
    'server.health': () => server.health(),
    'server.status': () => server.status(),
    'app.about': () => aboutOf(ports),
    'app.choosePaths': ({ kind }) => choosePaths(ports, kind),
    'app.notify': ({ title, body }) => ({ shown: ports.desktop?.notify?.(title, body) ?? false }),
    'app.openFolder': ({ folder }) => openFolder(ports, folder),
    'server.access': () => listener.access(),
    'server.endpoints': async () => ({ endpoints: await listener.endpoints((flag) => flags.isOn(flag)) }),
    'server.listen': async ({ port }) => {
      await listener.listen(port);
      return server.status();
    },
    'server.start': async () => {
      await listener.start();
      return server.status();
    },
    'server.stop': async (_input, context) => {
      await listener.stop(context);
      return server.status();
    },
    'server.configure': (input) => listener.configure(input),
    'server.requireToken': ({ required }) => listener.requireToken(required),
    'server.connectTest': ({ adapter }, { signal }) => connectTest({ server, transport }, adapter, signal),
    'log.follow': async ({ last }, { signal }, streamListener) => ({
      lines: await tail.follow(last, signal, (piece) => streamListener.log?.(piece)),
    }),
    'features.get': () => flagsNow(),
    'features.set': async ({ flag, enabled }) => {
      await flags.set(flag, enabled);
      return flagsNow();
    },
    'settings.get': () => settings.get(),
    'settings.update': (input) => settings.update(input),
    'files.broken': () => files.broken(),
    'files.repair': (input) => files.repair(input),
    'files.restore': (input) => files.restore(input),
    'files.open': (input) => files.open(input),
    'changes.list': () => ({ changes: history.all() }),
    'changes.undo': ({ change }) => history.undo(undefined, change),
    ...translationHandlers(translation),
    ...trialHandlers(trials),
  };
}
