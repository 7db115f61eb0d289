import type { ToolCall } from '../../../contract/chat.ts';
import type { Target } from '../define.ts';
import { obj, str } from '../shared/read.ts';

/**
 * Google's placeholder for a call whose signature is not available (another model's history, a client that
 * lost it); without a signature, Gemini 3 and later answer with a 400. Only the first call of a step has one.
 * Source: https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export const skipSignature = 'skip_thought_signature_validator';

/** A tool call with its signature where Google's OpenAI endpoint puts it, so that clients send it back. */
export interface SignedToolCall extends ToolCall {
  extra_content?: { google: { thought_signature: string } };
}

/** The signature as an extra field of a call; empty if the part has none. */
export function signatureField(part: Record<string, unknown>): Pick<SignedToolCall, 'extra_content'> {
  const signature = str(part.thoughtSignature ?? part.thought_signature);
  return signature ? { extra_content: { google: { thought_signature: signature } } } : {};
}

/** The signature that a caller sent back with an assistant message's tool call. */
export function signatureOf(call: unknown): string | undefined {
  return str(obj(obj(obj(call).extra_content).google).thought_signature);
}

/** With the setting `thought_signatures: "as_given"`, only the caller's signatures are sent. */
export function fillsSignatures(target: Target): boolean {
  return target.settings.thought_signatures !== 'as_given';
}
