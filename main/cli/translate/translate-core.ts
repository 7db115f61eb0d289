import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { OperationInput, OperationName, OperationOutput } from '../../../contract/operations/table.ts';
import type { ProjectView } from '../../../contract/translation.ts';
import type { Core } from '../../core/app/services.ts';
import { AppError } from '../../core/lib/app-error.ts';
import type { CliHost } from '../host.ts';

/** The core's operations, as other callers use them. */
export interface TranslateCore {
  ask<N extends OperationName>(name: N, input: OperationInput<N>): Promise<OperationOutput<N>>;
}

/**
 * Runs `work` with the core and always closes it.
 * @param signal cancels operations in progress
 */
export async function withCore<T>(
  host: CliHost,
  work: (core: TranslateCore) => Promise<T>,
  signal: AbortSignal = new AbortController().signal,
): Promise<T> {
  const core: Core = await host.core();
  try {
    return await work({
      async ask(name, input) {
        const context = { requestId: randomUUID(), door: 'cli', signal } as const;
        const envelope = await core.dispatcher.dispatch(name, input, context);
        if (envelope.ok) return envelope.data;
        throw new AppError(envelope.error.code, envelope.error.message, envelope.error.details);
      },
    });
  } finally {
    await core.close();
  }
}

/** As `withCore`; Ctrl+C cancels operations in progress. */
export async function withInterruptibleCore<T>(
  host: CliHost,
  work: (core: TranslateCore) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const stopListening = host.onInterrupt(() => abort.abort());
  try {
    return await withCore(host, work, abort.signal);
  } finally {
    stopListening();
  }
}

/** Opens the project in a folder. */
export async function openProject(core: TranslateCore, folder: string): Promise<ProjectView> {
  return (await core.ask('translate.open', { folder: resolve(folder) })).project;
}
