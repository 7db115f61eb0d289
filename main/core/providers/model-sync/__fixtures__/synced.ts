import { chatCore } from '../../../__fixtures__/chat-core.ts';
import { startProvider, type Reply } from '../../../__fixtures__/provider-upstream.ts';
import type { TestCoreOptions } from '../../../__fixtures__/test-core.ts';

/** A core, a provider with this reply, and the changes that its list would make. */
export async function synced(provider: string, reply: Reply, options: TestCoreOptions = {}) {
  const upstream = await startProvider(reply);
  const core = chatCore(upstream.url, options);
  return { ...core, upstream, found: await core.ask('models.sync', { provider }) };
}
