import type { Usage } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { arr, isObject, num, obj, str } from '../shared/read.ts';
import { schemaToolName } from '../shared/schema-tool.ts';
import { toUsage } from '../shared/usage.ts';
import { madeUpId } from './function-parts.ts';
import { signatureField, type SignedToolCall } from './thought-signatures.ts';

/** One part of a candidate's content; other kinds (files, code that was run) are only in the raw reply. */
export type ReplyPart =
  | { kind: 'text'; text: string }
  | { kind: 'reasoning'; text: string }
  | { kind: 'call'; call: SignedToolCall };

/** The first candidate's parts; `called` is the number of earlier calls, used to generate missing ids. */
export function replyParts(reply: JsonObject, called: number): ReplyPart[] {
  let calls = called;
  return arr(obj(candidateOf(reply).content).parts).flatMap((value): ReplyPart[] => {
    const part = obj(value);
    const { functionCall, text } = part;
    if (isObject(functionCall)) {
      const name = str(functionCall.name) ?? '';
      const args = JSON.stringify(functionCall.args ?? {});
      if (name === schemaToolName) return [{ kind: 'text', text: args }];
      const id = str(functionCall.id) || madeUpId(calls);
      calls += 1;
      return [
        {
          kind: 'call',
          call: { id, type: 'function', function: { name, arguments: args }, ...signatureField(part) },
        },
      ];
    }
    if (typeof text !== 'string' || text === '') return [];
    return [{ kind: part.thought === true ? 'reasoning' : 'text', text }];
  });
}

/** The first candidate; further ones, requested with `n`, are in the raw reply. */
export function candidateOf(reply: JsonObject): JsonObject {
  return obj(arr(reply.candidates).find((candidate) => (obj(candidate).index ?? 0) === 0));
}

/** Gemini counts reasoning and the results of its own tools separately from candidates and prompt. */
export function usageOf(reply: JsonObject): Usage | null {
  const usage = obj(reply.usageMetadata);
  const prompt = num(usage.promptTokenCount);
  return toUsage({
    prompt: prompt === undefined ? undefined : prompt + (num(usage.toolUsePromptTokenCount) ?? 0),
    completion: usage.candidatesTokenCount,
    total: usage.totalTokenCount,
    cached: usage.cachedContentTokenCount,
    reasoning: usage.thoughtsTokenCount,
    reasoningApart: true,
  });
}
