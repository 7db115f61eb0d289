import type { ChatResult } from '../define.ts';
import { isObject, obj } from '../shared/read.ts';
import { blockedPrompt, blockedReply, finishOf } from './finish.ts';
import { candidateOf, replyParts, usageOf } from './reply-parts.ts';

/**
 * Reads a GenerateContentResponse; null for other JSON. A refused prompt has no candidates, only
 * `promptFeedback`.
 */
export function fromResponse(json: unknown): ChatResult | null {
  if (!isObject(json) || !isReply(json)) return null;
  const parts = replyParts(json, 0);
  const toolCalls = parts.flatMap((part) => (part.kind === 'call' ? [part.call] : []));
  const reasoning = parts.flatMap((part) => (part.kind === 'reasoning' ? [part.text] : [])).join('');
  const candidate = candidateOf(json);
  const refused = blockedPrompt(obj(json.promptFeedback));
  const filtered = refused ?? blockedReply(candidate);
  return {
    text: parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join(''),
    toolCalls,
    ...(reasoning === '' ? {} : { reasoning }),
    finish: refused === undefined ? finishOf(candidate, toolCalls.length > 0) : 'content_filter',
    usage: usageOf(json),
    ...(filtered === undefined ? {} : { filtered }),
  };
}

function isReply(json: Record<string, unknown>): boolean {
  return Array.isArray(json.candidates) || isObject(json.promptFeedback) || isObject(json.usageMetadata);
}
