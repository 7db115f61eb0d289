import { modulesMessages } from '../../../messages/modules-messages.ts';
import type { ParamKind } from './usual-params.ts';

const t = modulesMessages.preset;

export type ReadValue = { ok: true; value: unknown } | { ok: false; message: string };

function readNumber(text: string, whole: boolean): ReadValue {
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value)) return { ok: false, message: t.notANumber };
  return whole && !Number.isInteger(value) ? { ok: false, message: t.notWhole } : { ok: true, value };
}

function readJson(text: string): ReadValue {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, message: t.notJson };
  }
}

/** The value of a typed text. A list with one entry may be typed as plain text. */
export function readValue(kind: ParamKind, text: string): ReadValue {
  if (kind === 'number' || kind === 'integer') return readNumber(text, kind === 'integer');
  if (kind === 'text') return { ok: true, value: text };
  if (kind === 'list' && !/^\s*["[]/.test(text)) return { ok: true, value: text };
  return readJson(text);
}

/** A value as the text of its field. */
export function valueText(kind: ParamKind, value: unknown): string {
  if (kind !== 'json' && typeof value === 'string' && !/^\s*["[]/.test(value)) return value;
  return JSON.stringify(value) ?? '';
}

/** The value after one arrow-key step, without binary rounding errors. */
export function stepped(value: number, by: number, min?: number, max?: number): number {
  const next = Number((value + by).toFixed(6));
  return Math.min(Math.max(next, min ?? -Infinity), max ?? Infinity);
}
