/** Names under which modules keep what the reader of the story sees, the most telling first. */
const mainFields = ['translation', 'narration', 'text', 'reply', 'content', 'message', 'summary'];

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isEmpty);
  if (isFields(value)) return Object.values(value).every(isEmpty);
  return value === null || value === undefined || value === '';
}

/** `internal_monologue` → `internal monologue`. */
const nameOf = (field: string) => field.replaceAll('_', ' ');

function fieldText([name, value]: [string, unknown]): string {
  const text = readableText(value);
  return `${nameOf(name)}:${isFields(value) || Array.isArray(value) || text.includes('\n') ? '\n' : ' '}${text}`;
}

/**
 * What a person reads of a reply that came as JSON, with real line breaks: of a translation the translated text alone, else
 * the main text first and the rest under its names. What is empty is left out.
 */
export function readableText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value))
    return value
      .filter((one) => !isEmpty(one))
      .map(readableText)
      .join('\n');
  if (!isFields(value)) return value === null || value === undefined ? '' : JSON.stringify(value);
  if (typeof value.translation === 'string') return value.translation;
  const { speaker, text } = value;
  if (typeof speaker === 'string' && typeof text === 'string') return `${speaker}: ${text}`;
  const main = mainFields.find((name) => typeof value[name] === 'string' && value[name] !== '');
  const rest = Object.entries(value).filter(([name, one]) => name !== main && !isEmpty(one));
  return [...(main === undefined ? [] : [String(value[main])]), ...rest.map(fieldText)].join('\n\n');
}

/** The text of a reply as it came: that of the JSON in it, where there is some. */
export function replyText(reply: string, json: unknown): string {
  const text = json === undefined ? '' : readableText(json);
  return text === '' ? reply : text;
}
