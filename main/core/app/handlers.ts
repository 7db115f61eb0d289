import type {
  OperationName,
  OperationOutput,
  OperationsOfKind,
  ParsedInput,
} from '../../../contract/operations/table.ts';
import { aboutOf, choosePaths, openFolder, showFile } from './about.ts';
import { detailOf } from '../lib/coded-text.ts';
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
import type { PackService } from '../prompt-packs/pack-service.ts';
import type { LineRequest } from '../provider-batches/line-batches.ts';

/**
 * Requests of a batch as calls; prompt pack requests are rendered, and their replies get the pack's checks.
 */
function lineRequests(
  packs: PackService,
  requests: ParsedInput<'batches.submit'>['requests'],
): Promise<LineRequest[]> {
  return Promise.all(
    requests.map(async (request): Promise<LineRequest> => {
      const { id } = request;
      if ('chat' in request) return { id, call: request.chat, complete: (answer) => answer };
      const { call, withChecks } = await packs.delivered(request.pack);
      return { id, call, complete: withChecks };
    }),
  );
}

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

/** Copies the input only if it has to differ; nearly every call already has the transport's value. */
function asStream<T extends { stream?: boolean | undefined }>(input: T, stream: boolean): T {
  return (input.stream === true) === stream ? input : { ...input, stream };
}

/** Maps each operation to the services. */
export function createHandlers(services: Services): Handlers {
  const flagsNow = () => ({
    features: services.flags.all(),
    file: services.flags.file,
    flags: flagViews(services.flags, services.registry.current),
    warning: services.flags.warning?.message ?? null,
    ...(services.flags.warning ? { warning_detail: detailOf(services.flags.warning) } : {}),
  });
  const { presets, exchange, providers, packs: ownPacks, history, sillyTavern } = services.userData;
  return {
    'registry.get': ({ diagnostics }, context) =>
      services.views.registry(diagnostics ? context.signal : undefined),
    'registry.refresh': () => {
      services.flags.reload();
      services.registry.refresh();
      return services.views.registry();
    },
    'runtime.list': () => ({ adapters: services.runtime.list() }),
    'runtime.register': (input) => services.runtime.register(input),
    'runtime.remove': ({ id }) => {
      services.runtime.remove(id);
      return {};
    },
    'presets.list': ({ module }) => presets.list(module),
    'presets.check': (input, context) => services.userData.check(input, context),
    'presets.create': (input) => presets.create(input),
    'presets.update': (input) => presets.update(input),
    'presets.duplicate': (input) => presets.duplicate(input),
    'presets.activate': (input) => presets.activate(input),
    'presets.reset': (input) => presets.reset(input),
    'presets.remove': (input) => presets.remove(input),
    'presets.undo': ({ change }) => history.undo('presets', change),
    'presets.export': (input) => exchange.export(input),
    'presets.import': (input) => exchange.import(input),
    'sillytavern.import': (input) => sillyTavern.import(input),
    'providers.get': ({ name }) => providers.get(name),
    'providers.check': ({ name }, context) => services.views.check(name, context.signal),
    'providers.ownNetwork': (input) => markNetwork(services, input),
    'providers.save': (input) => providers.save(input),
    'providers.remove': (input) => providers.remove(input),
    'providers.keep': (input) => providers.keep(input),
    'providers.undo': ({ change }) => history.undo('providers', change),
    'models.sync': (input, context) => services.models.sync(input, context),
    'models.news': (input, context) => services.models.news(input, context),
    'models.import': (input) => services.models.import(input),
    'models.keep': (input) => services.models.keep(input),
    'models.forget': (input) => services.models.forget(input),
    'local.find': (_input, context) => services.local.find(context.signal),
    'local.models': ({ provider }, context) => services.local.models(provider, context.signal),
    'keys.list': () => services.keys.list(),
    'keys.set': (input) => services.keys.set(input),
    'keys.add': (input) => services.keys.add(input),
    'keys.rename': (input) => services.keys.rename(input),
    'keys.remove': (input) => services.keys.remove(input),
    'keys.check': (input, { signal }) => services.keys.check(input, signal),
    'keys.undo': ({ change }) => history.undo('keys', change),
    'chat.send': (input, context) =>
      input.dry_run
        ? services.chat.dryRun(input, context)
        : services.chat.send(asStream(input, false), context),
    'chat.stream': (input, context, streamListener) =>
      services.chat.send(asStream(input, true), context, streamListener),
    'chat.preview': async (input, context) => (await services.chat.preview(input, context)).shown,
    'chat.sendNow': ({ request_id: id }) => ({ was_waiting: services.waits.end(id) }),
    'chat.test': (input, context) => testCall(services.chat, services.flags, input, context),
    'openai.models': () => ({ object: 'list', data: listModels(services.chat.catalog) }),
    'openai.model': ({ id }) => modelById(services.chat.catalog, id),
    'models.callable': () => ({ models: callableModels(services.chat.catalog) }),
    'models.callableOne': ({ id }) => ({ model: callableModel(services.chat.catalog, id) }),
    'embeddings.create': (input, context) => services.embeddings.create(input, context),
    'publicProviders.registry': () => services.publicProviders.registry(),
    'publicProviders.catalog': () => services.publicProviders.catalog(),
    'publicProviders.chat': (input, context) => services.publicProviders.chat(input, context),
    'batches.submit': async ({ id, requests, confirm_usd }, context) =>
      services.lineBatches.submit(id, await lineRequests(services.packs, requests), confirm_usd, context),
    'batches.read': async ({ requests, ...batch }, context) =>
      services.lineBatches.read(batch, await lineRequests(services.packs, requests), context),
    'batches.cancel': async ({ requests, ...batch }, context) =>
      services.lineBatches.cancel(batch, await lineRequests(services.packs, requests), context),
    'batches.release': ({ id }) => services.lineBatches.release(id),
    'packs.list': () => services.packs.list(),
    'packs.get': ({ module }) => services.packs.get(module),
    'packs.run': (input, context) => services.packs.run(input, context),
    'packs.plan': (input, context) => services.packs.plan(input, context),
    'packs.stream': (input, context, streamListener) => services.packs.stream(input, context, streamListener),
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
    'emulation.status': () => services.emulation.status(),
    'emulation.toggle': ({ enabled }) => services.emulation.toggle(enabled),
    'emulation.persona': (input) => services.emulation.persona(input),
    'emulation.chat': (input, context) => services.emulation.chat(input, context),
    'calls.list': (input) => services.calls.list(input),
    'calls.index': (input) => services.calls.index(input),
    'calls.totals': (input) => services.calls.totals(input),
    'calls.charts': ({ days }) => services.calls.charts(days),
    'calls.delete': ({ ids }) => services.calls.delete(ids),
    'calls.get': async ({ id }, { fromPanel }) => {
      const call = await services.calls.get(id, fromPanel);
      const checks = await services.packs.checksOf(call);
      return { call: checks ? { ...call, checks } : call };
    },
    'calls.plan': ({ id }, context) => services.replay.plan(id, context),
    'calls.replay': ({ id }, context, streamListener) => services.replay.send(id, context, streamListener),
    'calls.spend': ({ days }) => services.calls.spend(days),
    'budget.get': () => services.budget.view(),
    'spend.get': (input) => services.spend.get(input),
    'spend.settle': (input) => services.spend.settle(input),
    'spend.verify': (input, context) => services.spend.verify(input, context.signal),
    'server.health': () => services.server.health(),
    'server.status': () => services.server.status(),
    'app.about': () => aboutOf(services.ports),
    'app.choosePaths': ({ kind }) => choosePaths(services.ports, kind),
    'app.notify': ({ title, body }) => ({ shown: services.ports.desktop?.notify?.(title, body) ?? false }),
    'app.openFolder': ({ folder }) => openFolder(services.ports, folder),
    'app.showFile': ({ path }) => showFile(services.ports, path),
    'server.access': () => services.listener.access(),
    'server.endpoints': async () => ({
      endpoints: await services.listener.endpoints((flag) => services.flags.isOn(flag)),
    }),
    'server.listen': async ({ port }) => {
      await services.listener.listen(port);
      return services.server.status();
    },
    'server.start': async () => {
      await services.listener.start();
      return services.server.status();
    },
    'server.stop': async (_input, context) => {
      await services.listener.stop(context);
      return services.server.status();
    },
    'server.configure': (input) => services.listener.configure(input),
    'server.requireToken': ({ required }) => services.listener.requireToken(required),
    'server.connectTest': ({ adapter }, { signal }) => connectTest(services, adapter, signal),
    'log.follow': async ({ last }, { signal }, streamListener) => ({
      lines: await services.tail.follow(last, signal, (piece) => streamListener.log?.(piece)),
    }),
    'features.get': () => flagsNow(),
    'features.set': async ({ flag, enabled }) => {
      await services.flags.set(flag, enabled);
      return flagsNow();
    },
    'providers.limits': async ({ name }) => ({
      configured: services.settings.get().provider_limits[name] ?? {},
      learned: (await services.rateLimits.learned()).flatMap(({ provider, model, limits }) =>
        provider === name && model !== null ? [{ model, limits }] : [],
      ),
    }),
    'settings.get': () => services.settings.get(),
    'settings.update': (input) => services.settings.update(input),
    'files.broken': () => services.files.broken(),
    'files.repair': (input) => services.files.repair(input),
    'files.restore': (input) => services.files.restore(input),
    'files.open': (input) => services.files.open(input),
    'changes.list': () => ({ changes: history.all() }),
    'changes.undo': ({ change }) => history.undo(undefined, change),
    ...translationHandlers(services.translation),
    ...trialHandlers(services.trials),
  };
}
