import { createHash } from 'node:crypto';
import { AppError } from '../../core/lib/app-error.ts';
import type { Offline } from '../../core/app/offline.ts';
import type { ChatCall } from '../../core/chat/resolve/merge-options.ts';
import { callOf } from '../commands/plan.ts';
import { inputLines, requestOf, type InputLine, type LineFlags } from '../input-lines.ts';
import type { Journal, LineState } from './journal.ts';

export interface BatchLine extends InputLine {
  /** The same in every run: the line's id, else its text's hash and how often the text occurred before. */
  key: string;
  hash: string;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 24);

/**
 * The lines with their keys.
 * @throws AppError `invalid_request` for a duplicate id
 */
export async function* keyedLines(file: string, encoding?: string): AsyncGenerator<BatchLine> {
  const seen = new Map<string, number>();
  for await (const line of inputLines(file, encoding)) {
    const hash = hashOf(line.source);
    const name = line.id === undefined ? `text ${hash}` : `id ${line.id}`;
    const before = seen.get(name) ?? 0;
    if (before && line.id !== undefined)
      throw new AppError('invalid_request', `${file}, line ${line.n}: the id "${line.id}" is used twice`);
    seen.set(name, before + 1);
    yield { ...line, hash, key: before ? `${name} ${before + 1}` : name };
  }
}

export interface RetryOptions {
  /** Also send lines again that may have been billed. */
  retryUnknown: boolean;
}

/** Whether a run has to send the line. */
export function isPending(state: LineState | undefined, { retryUnknown }: RetryOptions): boolean {
  if (state === undefined || state === 'unpaid') return true;
  return state !== 'done' && retryUnknown;
}

/** The estimate before anything is sent. */
export interface BatchEstimate {
  lines: number;
  pending: number;
  done: number;
  /** Lines that an earlier run may have been billed for. */
  unknown: number;
  /** Lines that are invalid or cannot be planned. */
  faulty: number;
  /** USD; `max` is Infinity if the reply has no known limit. */
  min: number;
  max: number;
  priceUnknown: boolean;
  /** No line can cost anything. */
  free: boolean;
  warnings: string[];
  /** The error that sending the first valid line would cause: a flag, a key, a retired model. */
  refusal: AppError | undefined;
}

async function refusalOf(offline: Offline, call: ChatCall): Promise<AppError | undefined> {
  try {
    await offline.checkBeforeSending(call);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/**
 * Plans every pending line.
 * @throws errors that apply to all lines, such as an unknown module
 */
export async function estimateBatch(
  offline: Offline,
  file: string,
  flags: LineFlags,
  journal: Journal,
  retry: RetryOptions,
): Promise<BatchEstimate> {
  const counts = { lines: 0, pending: 0, done: 0, unknown: 0, faulty: 0, min: 0, max: 0 };
  let [priceUnknown, free] = [false, true];
  const warnings = new Set<string>();
  let refusal: AppError | undefined;
  let asked = false;
  for await (const line of keyedLines(file, flags.encoding)) {
    counts.lines++;
    const position = journal.positions.get(line.key);
    if (position && position.hash !== line.hash)
      throw new AppError(
        'invalid_request',
        `${file}, line ${line.n}: "${line.id}" was sent with another text; give it another id, or choose another output file`,
      );
    if (!isPending(position?.state, retry)) {
      counts[position?.state === 'done' ? 'done' : 'unknown']++;
      continue;
    }
    counts.pending++;
    try {
      const call = await callOf(offline, requestOf(file, line, flags));
      const { estimate, warnings: planWarnings } = await offline.plan(call);
      if (!asked) refusal = await refusalOf(offline, call);
      asked = true;
      counts.min += estimate.cost?.min ?? 0;
      counts.max += estimate.cost?.max ?? (estimate.cost ? Infinity : 0);
      priceUnknown ||= estimate.cost === null;
      free &&= estimate.cost?.max === 0;
      for (const text of planWarnings) warnings.add(text);
    } catch (error) {
      if (!(error instanceof AppError) || /^(unknown_|ambiguous)/.test(error.code)) throw error;
      counts.faulty++;
    }
  }
  return { ...counts, priceUnknown, free, warnings: [...warnings], refusal };
}
