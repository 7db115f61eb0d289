import { edited } from '../../prompt-packs/__fixtures__/edited.ts';
import { sessionSecrets } from '../../secrets/session-secrets.ts';
import { FolderLock } from '../../lib/files/folder-lock.ts';
import { createCore } from '../../app/services.ts';
import { createSettings } from '../../app/settings.ts';
import { memorySettings } from '../../app/settings-file.ts';

// Runs as a separate process that may be killed at any time: saves continuously, and reports each finished
// save.
const [appRoot = '', runtimeRoot = '', from = '0', what = 'presets'] = process.argv.slice(2);
const core = createCore({
  host: 'headless',
  version: '0.0.0-test',
  env: {},
  now: () => Date.now(),
  paths: { appRoot, runtimeRoot },
  secrets: sessionSecrets(),
  settings: createSettings(memorySettings()),
  lock: new FolderLock(runtimeRoot),
  fallbackRuntime: null,
});
const context = { requestId: 'save-loop', door: 'test' as const, signal: new AbortController().signal };

function savePreset(n: number) {
  const module = n % 2 ? 'narrator' : 'translate';
  const input = { module, id: 'saved', set: { options: { seed: n }, notes: 'x'.repeat(n % 7) } };
  return core.dispatcher.dispatch('presets.update', input, context);
}

/** Every file names its save; the samples are added and removed. */
function savePack(n: number) {
  const samples = n % 2 ? { [`s${n % 5}`]: { title: String(n), variables: { line: 'a' } } } : {};
  const content = edited({
    file: { description: String(n) },
    system: String(n),
    template: `${n} {{ line }}`,
    samples,
  });
  return core.dispatcher.dispatch('packs.save', { content }, context);
}

for (let n = Number(from); ; n++) {
  const envelope = await (what === 'packs' ? savePack(n) : savePreset(n));
  process.stdout.write(envelope.ok ? `saved ${n}\n` : `failed ${JSON.stringify(envelope.error)}\n`);
}
