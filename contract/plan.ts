import { z } from 'zod';
import { reasonDetail } from './reasons.ts';

/** `reason` is in English. Servers before version 0.2.0 give no `reason_detail`. */
const reasonFields = { reason: z.string(), reason_detail: reasonDetail.optional() };

/** `rule` is the id of the model rule that dropped it, for `ignore_rules`. */
export const dropped = z.object({ param: z.string(), ...reasonFields, rule: z.string().optional() });
export type Dropped = z.infer<typeof dropped>;
/** A dropped parameter as the core reports it: always with the code of its reason. */
export type CodedDropped = Dropped & Required<Pick<Dropped, 'reason_detail'>>;

/** `path` is a JSON pointer into the request's body (`/max_tokens`), or `header:name`. */
export const rewritten = z.object({
  path: z.string(),
  from: z.unknown(),
  to: z.unknown(),
  ...reasonFields,
  rule: z.string().optional(),
});
export type Rewritten = z.infer<typeof rewritten>;
/** A rewritten value as the core reports it: always with the code of its reason. */
export type CodedRewritten = Rewritten & Required<Pick<Rewritten, 'reason_detail'>>;

/** The request as it would be sent. Secrets are shown as `••••last4`, in `curl` as `$VARIABLE`. */
export const wirePlan = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
  /** Length of the body in bytes. */
  bytes: z.number(),
  /** Hash of the exact bytes that a live call sends, in hex. */
  sha256: z.string(),
  curl: z.string(),
  /**
   * By header: the value with the credential's variable (`Bearer $NAME`), for generating the call in other
   * languages.
   */
  credentials: z.record(z.string(), z.string()),
});
export type WirePlan = z.infer<typeof wirePlan>;

export const priceUsed = z.object({
  input: z.number(),
  output: z.number(),
  per: z.literal(1_000_000),
  currency: z.literal('USD'),
  matched: z.string().optional(),
  /** A surcharge already included in `input` and `output`, as a fraction. */
  fee: z.number().optional(),
  /** The price quoted in an older document, beside the recorded price. */
  quoted: z.object({ input: z.number(), output: z.number(), as_of: z.string() }).optional(),
  source: z.string(),
  as_of: z.string(),
});
export type PriceUsed = z.infer<typeof priceUsed>;

/** `cost` is null if the price is unknown, never 0. */
export const estimate = z.object({
  prompt_tokens: z.number(),
  max_completion_tokens: z.number().nullable(),
  cost: z.object({ min: z.number(), max: z.number().nullable(), currency: z.literal('USD') }).nullable(),
  price: priceUsed.nullable(),
  /**
   * USD reserved before the call is sent, and why there is no bound; null if the price is unknown or nothing
   * can be billed.
   */
  bound: z.object({ usd: z.number().nullable(), unbounded: z.array(z.string()) }).nullable(),
  /** How the tokens were counted; `estimate` if the model's own tokenizer is not public. */
  counted_by: z.string(),
  /** Prompt tokens by section, in the order of the request; `format` is the overhead of the chat format. */
  sections: z.array(
    z.object({
      part: z.enum(['message', 'schema', 'tools', 'format']),
      role: z.string().optional(),
      tokens: z.number(),
    }),
  ),
});
export type Estimate = z.infer<typeof estimate>;
