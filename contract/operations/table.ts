import type { z } from 'zod';
import { appOperations, settingsOperations } from './app.ts';
import { batchOperations } from './batches.ts';
import { callsOperations } from './calls.ts';
import { chatOperations, embeddingOperations, emulationOperations } from './chat.ts';
import { fileOperations } from './files.ts';
import { comfyTranslationOperations } from './comfyvn-translation.ts';
import { liveHookOperations } from './live-hook.ts';
import { localOperations, modelOperations } from './models.ts';
import { keyOperations } from './keys.ts';
import { openAiOperations } from './openai.ts';
import { presetOperations } from './presets.ts';
import { promptPackOperations } from './prompt-packs.ts';
import { providerOperations } from './providers.ts';
import { publicProviderOperations } from './public-providers.ts';
import { registryOperations, runtimeOperations } from './registry.ts';
import { serverOperations } from './server.ts';
import { translateOperations } from './translate.ts';
import { trialOperations } from './trials.ts';

/**
 * Every operation of the product, by name. All transports and the renderer's hooks are derived from this
 * table.
 */
export const operations = {
  ...registryOperations,
  ...runtimeOperations,
  ...presetOperations,
  ...providerOperations,
  ...modelOperations,
  ...localOperations,
  ...keyOperations,
  ...chatOperations,
  ...promptPackOperations,
  ...batchOperations,
  ...emulationOperations,
  ...openAiOperations,
  ...embeddingOperations,
  ...publicProviderOperations,
  ...callsOperations,
  ...appOperations,
  ...serverOperations,
  ...settingsOperations,
  ...fileOperations,
  ...translateOperations,
  ...liveHookOperations,
  ...comfyTranslationOperations,
  ...trialOperations,
};

export type OperationName = keyof typeof operations;
export type OperationsOfKind<K extends string> = {
  [N in OperationName]: (typeof operations)[N]['kind'] extends K ? N : never;
}[OperationName];
/** The input as callers write it. */
export type OperationInput<N extends OperationName> = z.input<(typeof operations)[N]['input']>;
/** The input as handlers get it, parsed. */
export type ParsedInput<N extends OperationName> = z.output<(typeof operations)[N]['input']>;
export type OperationOutput<N extends OperationName> = z.output<(typeof operations)[N]['output']>;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}
