import { z } from 'zod';
import { fieldRules } from '../field-rules.ts';
import { chatAnswer, chatRequest } from '../chat.ts';
import { packAnswer, packRequest } from '../prompt-pack.ts';
import { operation } from './define.ts';

/** A request id that every provider accepts. */
const requestId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, fieldRules.batch_request_id);

const requests = z
  .array(
    z.union([
      z.strictObject({ id: requestId, chat: chatRequest }),
      z.strictObject({ id: requestId, pack: packRequest }),
    ]),
  )
  .min(1)
  .max(50_000);

/**
 * The caller's own id of the batch, with which it can be found at its provider if the answer to the
 * submission was lost.
 */
const id = requestId;

const usd = z.number().nonnegative();

/** The last four characters of the key that a batch was submitted with; null where it is not known. */
const keyLast4 = z.string().nullable();

export const batchOperations = {
  /**
   * Submits requests to one provider and model as one batch, at its batch price, reserved in the ledger
   * first. A batch whose submission was not confirmed is `unknown`: `batches.read` looks for it.
   */
  'batches.submit': operation(
    'command',
    z.strictObject({ id, requests, confirm_usd: usd.optional() }),
    z.object({
      state: z.enum(['submitted', 'unknown']),
      remote_id: z.string().nullable(),
      key_last4: keyLast4,
      /** Maximum cost in USD. */
      bound_usd: z.number(),
      message: z.string().nullable(),
    }),
  ),
  /** Queries a batch once. When it has ended, its results are read and it is settled in the ledger, once. */
  'batches.read': operation(
    'command',
    z.strictObject({
      id,
      /** null: its submission was not confirmed. */
      remote_id: z.string().nullable(),
      /** Milliseconds since 1970. */
      submitted_at: z.number(),
      /** A provider shows a batch to the account of this key only. */
      key_last4: keyLast4.optional(),
      /** As submitted. */
      requests,
      /** Ids of further requests of the batch whose results the caller has: those are left out. */
      known: z.array(requestId).max(50_000).optional(),
    }),
    z.object({
      state: z.enum(['running', 'ended', 'unknown']),
      remote_id: z.string().nullable(),
      remote_status: z.string().nullable(),
      completed: z.number().nullable(),
      retry_after_ms: z.number().nullable(),
      results: z.array(
        z.object({
          id: z.string(),
          answer: z.union([packAnswer, chatAnswer]).nullable(),
          error: z
            .object({
              code: z.string(),
              message: z.string(),
              details: z.record(z.string(), z.unknown()).optional(),
              /** Whether it may have been billed. */
              paid: z.enum(['no', 'yes', 'maybe']),
            })
            .nullable(),
        }),
      ),
      /** Notes for the user: duplicate, missing and unexpected results. */
      notes: z.array(z.string()),
    }),
  ),
  'batches.cancel': operation(
    'command',
    z.strictObject({ remote_id: z.string(), key_last4: keyLast4.optional(), requests }),
    z.object({ cancelled: z.boolean() }),
  ),
  /** Lets go of what is reserved for a batch whose submission was never begun. */
  'batches.release': operation('command', z.strictObject({ id }), z.object({ released: z.boolean() })),
};
