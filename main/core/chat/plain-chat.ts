import type { ChatRequest } from '../../../contract/chat.ts';
import { isObject } from '../lib/json.ts';

const roles = new Set(['system', 'developer', 'user', 'assistant', 'tool']);
const isText = (value: unknown) => typeof value === 'string';
const isTruth = (value: unknown) => typeof value === 'boolean';
const isNumber = (value: unknown) => Number.isFinite(value);
const isPlain = (value: unknown) => isObject(value) && Object.getPrototypeOf(value) === Object.prototype;

function isPlainMessage(value: unknown): boolean {
  return isPlain(value) && isObject(value) && roles.has(value['role'] as string) && isText(value['content']);
}

function isMessages(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isPlainMessage);
}

const fields = new Map<string, (value: unknown) => boolean>([
  ['provider', isText],
  ['model', isText],
  ['module', isText],
  ['messages', isMessages],
  ['params', isPlain],
  ['stream', isTruth],
  ['dry_run', isTruth],
  ['allow_retired', isTruth],
  ['temperature', isNumber],
  ['top_p', isNumber],
  ['max_tokens', (value) => Number.isSafeInteger(value) && (value as number) > 0],
  ['retries', (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 5],
]);

/**
 * True for a chat of the plainest kind, which nearly all are: its schema would take it as it is. False says nothing:
 * then the schema has to be asked, which takes twenty times as long and knows what is wrong.
 */
export function isPlainChat(input: unknown): input is ChatRequest {
  if (!isPlain(input) || !isObject(input) || !('messages' in input)) return false;
  for (const name in input) if (!fields.get(name)?.(input[name])) return false;
  return true;
}
