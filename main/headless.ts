import { join } from 'node:path';
import { requireReadableLimits } from './core/budget/limits.ts';
import { loadShell } from './core/app/panel-page.ts';
import { createCore } from './core/app/services.ts';
import { FolderLock } from './core/lib/files/folder-lock.ts';
import { serveOptions, usage } from './host-node/args.ts';
import { onStopSignal } from './host-node/on-stop-signal.ts';
import { nodePaths } from './host-node/paths.ts';
import { passphraseSecrets } from './host-node/secret-store.ts';
import { nodeSettings } from './host-node/settings-store.ts';
import { accessFrom } from './http/access.ts';
import { createHttpTransport } from './http/listen.ts';
import { productVersion } from './version.ts';

/** Composition root 2: plain Node, no window. */
async function main(): Promise<void> {
  const env = { ...process.env };
  const argv = process.argv.slice(2);
  if (serveOptions(argv, env).help) return void process.stdout.write(usage);
  const paths = nodePaths(import.meta.dirname, env);
  const lock = new FolderLock(paths.runtimeRoot);
  const settings = nodeSettings(paths.runtimeRoot, lock);
  const saved = settings.get();
  requireReadableLimits(env, saved, settings.limitProblems());
  const options = serveOptions(argv, env, saved);
  const access = accessFrom(env, options.host.value, options.ui, saved.allowed_origins);
  const core = createCore({
    host: 'headless',
    version: productVersion,
    env,
    now: Date.now,
    paths,
    secrets: passphraseSecrets(paths.runtimeRoot, env, lock),
    lock,
    settings,
    fallbackRuntime: null,
  });
  const shell = options.ui ? loadShell(join(import.meta.dirname, '..', 'renderer')) : null;
  const transport = createHttpTransport(core, access, shell);
  core.server.attach(transport);
  core.listener.choose(options);
  await transport.listen(options.port.value);
  announce(transport.status().listening ?? '', access.panelToken, options.ui, access.host);
  core.settle();

  const stop = (graceMs: number): void =>
    void transport
      .stop(graceMs)
      .then(() => core.close())
      .finally(() => process.exit(0));
  onStopSignal(stop, () => process.exit(1));
}

function announce(url: string, token: string, ui: boolean, host: string): void {
  console.log(`listening on ${url}`);
  if (ui) console.log(`the panel: ${url}/#token=${token}`);
  if (!/^(127\.|localhost$|\[?::1)/.test(host))
    console.warn('open to the network: the traffic is not encrypted');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
