import { isObject } from '../../lib/json.ts';

/** One `id|text` of a reply, as it stands there. `id` is null where there is none to read. */
export interface ReplyLine {
  id: number | null;
  text: string;
}

const idAndText = /^\s*(?:N\s*)?(\d{1,6})\s*[|｜]([^]*)$/u;

function lineOf(text: string): ReplyLine {
  const match = idAndText.exec(text);
  return match ? { id: Number(match[1]), text: match[2] ?? '' } : { id: null, text };
}

/** Several lines in one string were asked for as strings of their own: each has its id. */
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

/** The lines of a reply that was parsed; null where it is no such object. */
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

/** The strings of a list that broke off: those that are whole. The last one may be cut and is left out. */
function salvaged(text: string): ReplyLine[] | null {
  const start = /"lines"\s*:\s*\[/.exec(text);
  if (!start) return null;
  const lines: ReplyLine[] = [];
  let at = start.index + start[0].length;
  for (;;) {
    while (/[\s,]/.test(text[at] ?? '')) at++;
    wholeString.lastIndex = at;
    const [found] = wholeString.exec(text) ?? [];
    if (found === undefined) return lines;
    const value = parsed(found);
    if (typeof value === 'string') lines.push(...linesOf(value));
    at += found.length;
  }
}

const thinking = /<(think|thinking|reasoning)>[^]*?<\/\1>/giu;

/**
 * The lines of a reply: of the JSON that was asked for, of what is left of it where it was cut, or of plain lines.
 * Thinking and words around them are left out.
 * @param json the reply as parsed by the chat, where it fitted the schema
 * @param cut the reply ended at its limit: the last plain line may be half of one
 */
export function readLines(reply: string, json?: unknown, cut = false): ReplyLine[] {
  const given = linesIn(json);
  if (given) return given;
  const text = reply.replace(thinking, '').replace(/^[^]*<\/think(?:ing)?>/iu, '');
  const outer = text.slice(Math.max(0, text.indexOf('{')), text.lastIndexOf('}') + 1);
  const whole = linesIn(parsed(text)) ?? linesIn(parsed(outer));
  if (whole) return whole;
  const broken = salvaged(text);
  if (broken) return broken;
  // Without JSON, only lines that begin with an id are lines: a model that explains itself has others.
  const lines = text.split(/\r?\n/u).map(lineOf);
  return (cut ? lines.slice(0, -1) : lines).filter(({ id }) => id !== null);
}
