import { join } from 'node:path';
import type { ChatService } from '../chat/chat-service.ts';
import type { Log } from '../lib/log/log.ts';
import type { Paths } from '../lib/host/ports.ts';
import type { PackService } from '../prompt-packs/pack-service.ts';
import type { PackStore } from '../prompt-packs/pack-store.ts';
import type { Registry } from '../registry/build-registry.ts';
import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import type { TranslationService } from '../translation/translation-service.ts';
import { SetLibrary } from './sets/set-library.ts';
import { SetService } from './sets/set-service.ts';
import type { Trials } from './trial-handlers.ts';
import { TrialService } from './trial-service.ts';

export interface OpenTrialsParts {
  chat: ChatService;
  packs: PackService;
  packStore: PackStore;
  flags: FeatureFlags;
  keys: KeyFinder;
  log: Log;
  paths: Paths;
  now(): number;
  registry(): Registry;
  translation(): Promise<TranslationService>;
  /** Called at intervals when a trial has written something. */
  onProgress(): void;
  /** Called when a trial is over. */
  onEnded(): void;
}

/** Creates both services of trials, wired by hand. */
export function openTrials(parts: OpenTrialsParts): Trials {
  const { paths, registry, packStore, translation, ...shared } = parts;
  const library = new SetLibrary({
    builtIn: join(paths.appRoot, 'trial-sets'),
    own: join(paths.runtimeRoot, 'data', 'trial-sets'),
  });
  const moduleOf = (name: string) => registry().modules.get(name);
  const trials = new TrialService({
    ...shared,
    packStore,
    sets: library,
    runtimeRoot: paths.runtimeRoot,
    hasModule: (name) => moduleOf(name) !== undefined,
    presetsOf: (name) => moduleOf(name)?.shortlist ?? [],
  });
  return { trials, sets: new SetService({ library, packs: packStore, translation }) };
}
