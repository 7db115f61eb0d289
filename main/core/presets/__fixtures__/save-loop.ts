import { sessionSecrets } from '../../secrets/session-secrets.ts';
import { createCore } from '../../services.ts';
import { createSettings } from '../../settings.ts';

// Run as a process of its own that is killed at any moment: saves on and on, and says which save is done.
const [appRoot = '', runtimeRoot = '', from = '0'] = process.argv.slice(2);
const core = createCore({
  host: 'headless',
  version: '0.0.0-test',
  env: {},
  now: () => Date.now(),
  paths: { appRoot, runtimeRoot },
  secrets: sessionSecrets(),
  settings: createSettings({ store: {} }),
  fallbackRuntime: null,
});
const context = { requestId: 'save-loop', door: 'test' as const, signal: new AbortController().signal };

for (let n = Number(from); ; n++) {
  const module = n % 2 ? 'narrator' : 'translate';
  const input = { module, id: 'saved', set: { options: { seed: n }, notes: 'x'.repeat(n % 7) } };
  const envelope = await core.dispatcher.dispatch('presets.update', input, context);
  process.stdout.write(envelope.ok ? `saved ${n}\n` : `failed ${JSON.stringify(envelope.error)}\n`);
}
