import { sessionSecrets } from '../../secrets/session-secrets.ts';
import { createCore } from '../../app/services.ts';
import { memorySettings } from '../../app/settings-file.ts';
import { createSettings } from '../../app/settings.ts';
import { FolderLock } from '../../lib/files/folder-lock.ts';

// A program that runs a project to its end. Tests start it as a separate process and kill it at any time.
const [appRoot = '', runtimeRoot = '', project = '', environment = '{}', more = '{}'] = process.argv.slice(2);
const core = createCore({
  host: 'headless',
  version: '0.0.0-test',
  env: JSON.parse(environment) as Record<string, string>,
  now: () => Date.now(),
  paths: { appRoot, runtimeRoot },
  secrets: sessionSecrets(),
  settings: createSettings(memorySettings()),
  lock: new FolderLock(runtimeRoot),
  fallbackRuntime: null,
});
const context = { requestId: 'run-project', door: 'test' as const, signal: new AbortController().signal };
const envelope = await core.dispatcher.dispatch(
  'translate.run',
  { project, wait: true, ...(JSON.parse(more) as object) },
  context,
);
process.stdout.write(`${JSON.stringify(envelope)}\n`);
await core.close();
