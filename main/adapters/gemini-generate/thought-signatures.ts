import type { ToolCall } from '../../../contract/chat.ts';
import type { Target } from '../define.ts';
import { obj, str } from '../shared/read.ts';

/**
 * What Google says to send where a call's signature is not at hand (another model's history, a client that lost
 * it); without one, Gemini 3 and later answer with a 400. Only the first call of a step carries one.
 * Source: https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export const skipSignature = 'skip_thought_signature_validator';

/** A tool call with its signature where Google's OpenAI endpoint puts it, so that clients hand it back. */
export interface SignedToolCall extends ToolCall {
  extra_content?: { google: { thought_signature: string } };
}

/** The signature as an extra field of a call, nothing where the part has none. */
export function signatureField(part: Record<string, unknown>): Pick<SignedToolCall, 'extra_content'> {
  const signature = str(part.thoughtSignature ?? part.thought_signature);
  return signature ? { extra_content: { google: { thought_signature: signature } } } : {};
}

/** The signature a caller handed back with an assistant message's tool call. */
export function signatureOf(call: unknown): string | undefined {
  return str(obj(obj(obj(call).extra_content).google).thought_signature);
}

/** Setting `thought_signatures: "as_given"` sends only what the caller handed back. */
export function fillsSignatures(target: Target): boolean {
  return target.settings.thought_signatures !== 'as_given';
}
