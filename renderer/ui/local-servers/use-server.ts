import type { LocalServer } from '../../../contract/local-servers.ts';
import { request } from '../../api/client.ts';
import { localServersMessages } from '../../messages/local-servers-messages.ts';
import { goTo } from '../../state/view.ts';
import { setTarget } from '../../state/target.ts';
import { toast } from '../../state/toasts.ts';
import { findLocalServers } from './find-local-servers.ts';

const t = localServersMessages.localServers;

/** Maximum models of a list created here; longer ones come from the provider's Sync. */
const maxModels = 500;

/** An unused id for a provider or adapter, derived from the server's adapter. */
async function freeId(adapter: string): Promise<string> {
  const { providers, runtime } = await request('registry.get', {});
  const taken = new Set([...providers.map(({ name }) => name), ...runtime.map(({ adapter_id: id }) => id)]);
  let id = `${adapter}_found`;
  for (let n = 2; taken.has(id); n++) id = `${adapter}_found_${n}`;
  return id;
}

/** The name for calling the server: its provider's, or that of an adapter registered now. */
async function callable({ provider, adapter, label, base_url, models }: LocalServer): Promise<string> {
  if (provider !== null) return provider;
  const id = await freeId(adapter);
  const metadata = { base_url, models: models.slice(0, maxModels) };
  await request('runtime.register', { id, provider: adapter, label, metadata });
  return id;
}

/** The name of a provider that still exists after a restart. */
async function lastingName(server: LocalServer): Promise<string> {
  const id = await callable(server);
  if (server.provider === null) await request('providers.keep', { id });
  return id;
}

/** Selects one of the server's models in the Bench. */
export async function tryServer(server: LocalServer, model: string | null): Promise<void> {
  const provider = await callable(server);
  setTarget({ provider, model, preset: null });
  goTo('bench');
}

/** Adds the server's models to the registry; existing ones stay unchanged. */
export async function keepServerList(server: LocalServer): Promise<void> {
  const name = await lastingName(server);
  if (server.provider !== null) {
    const { added } = await request('models.sync', { provider: name });
    const accept = added.map(({ id }) => id);
    if (accept.length > 0) await request('models.keep', { provider: name, accept });
    toast({
      title: accept.length > 0 ? t.kept(accept.length, server.label) : t.nothingNew(server.label),
    });
  } else {
    toast({ title: t.kept(server.models.length, server.label) });
    void findLocalServers();
  }
}

/** Makes a model of the server serve a module, as the user's own preset. */
export async function serveModule(server: LocalServer, model: string, module: string): Promise<void> {
  const provider = await lastingName(server);
  const created = await request('presets.create', { module, preset: { provider, model } });
  const activated = await request('presets.activate', { module, id: created.preset.id });
  const undo = async () => {
    for (const change of [activated.change, created.change])
      if (change) await request('presets.undo', { change: change.id });
  };
  toast({
    title: t.serves(model, module),
    undo: () => void undo().catch((thrown: Error) => toast({ title: thrown.message, kind: 'bad' })),
  });
  if (server.provider === null) void findLocalServers();
}
