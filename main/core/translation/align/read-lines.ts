import { isObject } from '../../lib/json.ts';

/** One `id|text` of a reply; `id` is null if the line has none. */
export interface ReplyLine {
  id: number | null;
  text: string;
}

const idAndText = /^\s*(?:N\s*)?(\d{1,6})\s*[|｜]([^]*)$/u;

function lineOf(text: string): ReplyLine {
  const match = idAndText.exec(text);
  return match ? { id: Number(match[1]), text: match[2] ?? '' } : { id: null, text };
}

/** Splits a string at line breaks before an id: some models put several lines into one string. */
function linesOf(text: string): ReplyLine[] {
  return text
    .split(/\r?\n(?=\s*\d{1,6}\s*[|｜])/u)
    .filter((line) => line.trim() !== '')
    .map(lineOf);
}

function lineOfItem(item: unknown): ReplyLine[] {
  if (typeof item === 'string') return linesOf(item);
  if (!isObject(item)) return [];
  const id = item['id'] ?? item['n'];
  const text = item['text'] ?? item['translation'];
  if (typeof text !== 'string' || (typeof id !== 'number' && typeof id !== 'string')) return [];
  return Number.isInteger(Number(id)) ? [{ id: Number(id), text }] : [];
}

/** The lines of parsed JSON; null if it has no list of lines. */
function linesIn(json: unknown): ReplyLine[] | null {
  const list = Array.isArray(json) ? json : isObject(json) ? json['lines'] : undefined;
  return Array.isArray(list) ? list.flatMap(lineOfItem) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const wholeString = /"(?:[^"\\\n\r\t]|\\.)*"/y;

/** The complete strings of a truncated list; a truncated last string is left out. */
function completeLines(text: string): ReplyLine[] | null {
  const start = /"lines"\s*:\s*\[/.exec(text);
  if (!start) return null;
  const lines: ReplyLine[] = [];
  let at = start.index + start[0].length;
  for (;;) {
    while (/[\s,]/.test(text[at] ?? '')) at++;
    wholeString.lastIndex = at;
    const [literal] = wholeString.exec(text) ?? [];
    if (literal === undefined) return lines;
    const value = parsed(literal);
    if (typeof value === 'string') lines.push(...linesOf(value));
    at += literal.length;
  }
}

const thinking = /<(think|thinking|reasoning)>[^]*?<\/\1>/giu;

/**
 * Reads a reply's lines from the requested JSON, from truncated JSON, or from plain lines. Thinking and surrounding text
 * are left out.
 * @param json the reply as parsed by the chat, if it matched the schema
 * @param cut the reply ended at its token limit: the last plain line may be incomplete
 */
export function readLines(reply: string, json?: unknown, cut = false): ReplyLine[] {
  const fromJson = linesIn(json);
  if (fromJson) return fromJson;
  const text = reply.replace(thinking, '').replace(/^[^]*<\/think(?:ing)?>/iu, '');
  const outer = text.slice(Math.max(0, text.indexOf('{')), text.lastIndexOf('}') + 1);
  const whole = linesIn(parsed(text)) ?? linesIn(parsed(outer));
  if (whole) return whole;
  const complete = completeLines(text);
  if (complete) return complete;
  // Without JSON, only lines with an id count; the others are explanations.
  const lines = text.split(/\r?\n/u).map(lineOf);
  return (cut ? lines.slice(0, -1) : lines).filter(({ id }) => id !== null);
}
