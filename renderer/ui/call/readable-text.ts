import { isObject } from '../../api/is-object.ts';

/** Fields with the text that players see in each module's replies, the most important first. */
const mainFields = ['translation', 'narration', 'text', 'reply', 'content', 'message', 'summary'];

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isEmpty);
  if (isObject(value)) return Object.values(value).every(isEmpty);
  return value === null || value === undefined || value === '';
}

/** Converts `internal_monologue` to `internal monologue`. */
const nameOf = (field: string) => field.replaceAll('_', ' ');

function fieldText([name, value]: [string, unknown]): string {
  const text = readableText(value);
  return `${nameOf(name)}:${isObject(value) || Array.isArray(value) || text.includes('\n') ? '\n' : ' '}${text}`;
}

/**
 * The readable text of a JSON reply, with real line breaks: for a translation only the translated text, else
 * the main text first and the other fields under their names. Empty fields are omitted.
 */
export function readableText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value))
    return value
      .filter((one) => !isEmpty(one))
      .map(readableText)
      .join('\n');
  if (!isObject(value)) return value === null || value === undefined ? '' : JSON.stringify(value);
  if (typeof value.translation === 'string') return value.translation;
  const { speaker, text } = value;
  if (typeof speaker === 'string' && typeof text === 'string') return `${speaker}: ${text}`;
  const main = mainFields.find((name) => typeof value[name] === 'string' && value[name] !== '');
  const rest = Object.entries(value).filter(([name, one]) => name !== main && !isEmpty(one));
  return [...(main === undefined ? [] : [String(value[main])]), ...rest.map(fieldText)].join('\n\n');
}

/** The text of a reply as it arrived; if it contains JSON, the text in it. */
export function replyText(reply: string, json: unknown): string {
  const text = json === undefined ? '' : readableText(json);
  return text === '' ? reply : text;
}
