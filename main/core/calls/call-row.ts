import type { Attempt, Cost, Usage } from '../../../contract/chat.ts';
import type { CallDetail, CallRecord, KeptRequest } from '../../../contract/call-log.ts';
import type { Bit, BodyRow, CallRow } from '../database/tables.ts';
import { storable } from '../lib/storable.ts';
import type { Entry } from './memory-calls.ts';

export const maxNameLength = 200;
const maxMessageLength = 500;
export const bit = (value: boolean | undefined): Bit => (value ? 1 : 0);

/** Removes secrets from a text. */
export type Redact = (text: string) => string;

/** Facts about a finished call. */
export interface FinishedCall extends Pick<
  CallRow,
  'id' | 'at' | 'kind' | 'door' | 'machine' | 'mode' | 'status'
> {
  requestId: string;
  module: string | null | undefined;
  preset: string | null | undefined;
  provider: string | null | undefined;
  model: string | null | undefined;
  stream: boolean;
  code: string | null;
  message: string | null;
  attempts: readonly Attempt[];
  usage: Usage | null;
  cost: Cost | null;
  totalMs: number;
  upstreamMs: number | null;
  firstTokenMs: number | null;
  sha256: string | null;
  bytes: number | null;
  /** Beginnings of messages and reply, if those are stored; secrets are already redacted. */
  input: string;
}

/** A call on its way to the database. Its row is built only when it is written or queried. */
export class FinishedEntry implements Entry {
  readonly #call: FinishedCall;
  readonly #redact: Redact;
  #row: CallRow | undefined;
  readonly bodies: BodyRow | null;

  constructor(call: FinishedCall, bodies: BodyRow | null, redact: Redact) {
    this.#call = call;
    this.#redact = redact;
    this.bodies = bodies;
  }

  get row(): CallRow {
    return (this.#row ??= rowOf(this.#call, this.#redact));
  }
}

/** The only attempt of a successful call contains nothing that the call does not. */
function stepsText(attempts: readonly Attempt[], redact: Redact): string | null {
  const [first] = attempts;
  if (!first || (attempts.length === 1 && first.code === null && first.queued_ms === undefined)) return null;
  const short = attempts.map((one) =>
    one.message === undefined ? one : { ...one, message: one.message.slice(0, maxMessageLength) },
  );
  return redact(JSON.stringify(short));
}

/**
 * Converts a finished call to its row. Text from callers and providers is redacted before it is lower-cased,
 * because a secret could not be recognized afterwards.
 */
export function rowOf(call: FinishedCall, redact: Redact): CallRow {
  const name = (text: string | null | undefined) => (text ? storable(redact(text), maxNameLength) : null);
  const { usage, cost } = call;
  const module = name(call.module);
  const preset = name(call.preset);
  const provider = name(call.provider);
  const model = name(call.model);
  const message = call.message === null ? null : storable(redact(call.message), maxMessageLength);
  const requestId = redact(call.requestId);
  const searched = [requestId, provider, model, module, preset, call.code, message, call.input];
  return {
    id: call.id,
    at: call.at,
    request_id: requestId,
    kind: call.kind,
    door: call.door,
    machine: call.machine,
    module,
    preset,
    provider,
    model,
    mode: call.mode,
    stream: bit(call.stream),
    ok: bit(call.code === null),
    status: call.status,
    code: call.code,
    message,
    attempts: call.attempts.length,
    prompt_tokens: usage?.prompt_tokens ?? null,
    completion_tokens: usage?.completion_tokens ?? null,
    total_tokens: usage?.total_tokens ?? null,
    cached_tokens: usage?.cached_tokens ?? null,
    reasoning_tokens: usage?.reasoning_tokens ?? null,
    tokens_estimated: bit(usage?.estimated),
    cost: cost?.total ?? null,
    cost_source: cost?.source ?? null,
    cost_estimated: bit(cost?.estimated),
    total_ms: call.totalMs,
    upstream_ms: call.upstreamMs,
    first_token_ms: call.firstTokenMs,
    sha256: call.sha256,
    bytes: call.bytes,
    steps: stepsText(call.attempts, redact),
    search: searched.filter(Boolean).join(' ').toLowerCase(),
    key_last4: call.attempts.at(-1)?.key_last4 ?? null,
  };
}

function usageOf(row: CallRow): Usage | null {
  if (row.prompt_tokens === null || row.completion_tokens === null) return null;
  return {
    prompt_tokens: row.prompt_tokens,
    completion_tokens: row.completion_tokens,
    total_tokens: row.total_tokens ?? row.prompt_tokens + row.completion_tokens,
    ...(row.cached_tokens === null ? {} : { cached_tokens: row.cached_tokens }),
    ...(row.reasoning_tokens === null ? {} : { reasoning_tokens: row.reasoning_tokens }),
    ...(row.tokens_estimated ? { estimated: true } : {}),
  };
}

function costOf(row: CallRow): Cost | null {
  if (row.cost === null || row.cost_source === null) return null;
  return {
    total: row.cost,
    currency: 'USD',
    source: row.cost_source,
    ...(row.cost_estimated ? { estimated: true } : {}),
  };
}

/** The provider's last status. A call that succeeded at once has no steps; its status was 200. */
function upstreamStatusOf({ steps, mode, ok, attempts }: CallRow): number | null {
  if (steps !== null) return (JSON.parse(steps) as Attempt[]).at(-1)?.status ?? null;
  return mode === 'live' && ok === 1 && attempts > 0 ? 200 : null;
}

/** A row as lists show it. */
export function recordOf(row: CallRow, preview?: string | null): CallRecord {
  const { id, request_id, kind, machine, module, preset, provider, model, mode, status, code, message } = row;
  return {
    id,
    at: new Date(row.at).toISOString(),
    request_id,
    kind,
    door: row.door,
    machine,
    module,
    preset,
    provider,
    model,
    mode,
    stream: row.stream === 1,
    ok: row.ok === 1,
    status,
    code,
    upstream_status: upstreamStatusOf(row),
    message,
    attempts: row.attempts,
    usage: usageOf(row),
    cost: costOf(row),
    timing: { total_ms: row.total_ms, upstream_ms: row.upstream_ms, first_token_ms: row.first_token_ms },
    sha256: row.sha256,
    bytes: row.bytes,
    ...(row.key_last4 ? { key_last4: row.key_last4 } : {}),
    ...(preview ? { preview } : {}),
  };
}

/** A row with its steps and its bodies, from the log or else from memory. */
export function detailOf(row: CallRow, stored: BodyRow | null, session: BodyRow | null = null): CallDetail {
  const bodies = stored ?? session;
  return {
    ...recordOf(row, bodies?.preview),
    steps: row.steps === null ? [] : (JSON.parse(row.steps) as Attempt[]),
    bodies: bodies && {
      messages: bodies.messages,
      reply: bodies.reply,
      cut: bodies.cut === 1,
      ...(stored ? {} : { session: true }),
    },
    request: keptRequest(bodies),
  };
}

/** The request stored with a call's bodies; null if it is incomplete. */
export function keptRequest(bodies: BodyRow | null): KeptRequest | null {
  if (!bodies || bodies.request === null) return null;
  try {
    const messages = JSON.parse(bodies.messages) as KeptRequest['messages'];
    return { ...(JSON.parse(bodies.request) as Omit<KeptRequest, 'messages'>), messages };
  } catch {
    // Redacting a secret can break the JSON.
    return null;
  }
}
