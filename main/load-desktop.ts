import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Long enough for Chromium's own steps: after a mere turn of the event loop each of them waits for a part. */
const pauseMs = 4;

/** The desktop's core in parts of some 10 ms; each brings what it needs that is not there yet. */
const parts = [
  () => import('../contract/chat.ts'),
  () => import('../contract/operations/presets.ts'),
  () => import('../contract/operations/models.ts'),
  () => import('../contract/operations/table.ts'),
  () => import('./core/lib/log.ts'),
  () => import('./core/prompt-packs/pack-service.ts'),
  () => import('./core/registry/build-registry.ts'),
  () => import('./core/chat/planner.ts'),
  () => import('./core/chat/chat-service.ts'),
  () => import('./core/app/call-storage.ts'),
  () => import('./core/providers/public-providers.ts'),
  () => import('./core/app/services.ts'),
  () => import('./http/listen.ts'),
];

interface Place {
  appRoot: string;
  runtimeRoot: string;
  /** Keep compiled code in the data folder, and take it from there. */
  keepsCode: boolean;
}

/**
 * Loads the core part by part: between two of them the thread is the window's, whose page is coming up meanwhile.
 * `keepCode` writes what V8 has made of it, for the next start.
 */
export async function loadDesktop({ appRoot, runtimeRoot, keepsCode }: Place) {
  const { useCodeCache } = await import('./host-electron/code-cache.ts');
  const kept = join(runtimeRoot, 'cache', 'main-code.bin');
  const keepCode = keepsCode ? useCodeCache(kept, join(appRoot, 'out', 'main')) : async () => {};
  for (const part of parts) {
    await pause(pauseMs);
    await part();
  }
  await pause(pauseMs);
  return { ...(await import('./desktop.ts')), keepCode };
}
