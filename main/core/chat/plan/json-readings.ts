import { jsonrepair } from 'jsonrepair';

/** One way to read a text as JSON. */
export interface JsonReading {
  value: unknown;
  /** False if the text is exactly this JSON. */
  repaired: boolean;
}

function tryJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Limits on how many candidate positions are tried, and on the text's length. */
const maxStarts = 50;
const maxScanned = 1024 * 1024;

/** Complete JSON objects and arrays in a text, in order. Brackets inside JSON strings are ignored. */
function* valuesIn(text: string): Generator<string> {
  let starts = 0;
  for (let at = 0; at < Math.min(text.length, maxScanned) && starts < maxStarts; at++) {
    const open = text[at];
    if (open !== '{' && open !== '[') continue;
    starts++;
    const end = endOfValue(text, at);
    if (end < 0) continue;
    yield text.slice(at, end);
    if (tryJson(text.slice(at, end))) at = end - 1;
  }
}

/** The index after the bracket that closes the one at `from`; -1 if it is not closed. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  let inString = false;
  for (let at = from; at < Math.min(text.length, maxScanned); at++) {
    const letter = text[at];
    if (inString) {
      if (letter === '\\') at++;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === '{' || letter === '[') depth++;
    else if ((letter === '}' || letter === ']') && --depth === 0) return at + 1;
  }
  return -1;
}

/** The ways in which models wrap JSON, smallest repair first. A truncated text is never completed. */
export function* jsonReadings(text: string, isCut: boolean): Generator<JsonReading> {
  const whole = tryJson(text);
  if (whole) yield { ...whole, repaired: false };
  const fenced = /```(?:json)?\s*([\s\S]*?)```/i.exec(text)?.[1];
  if (isCut) return;
  const found = [...(fenced === undefined ? [] : [fenced]), ...valuesIn(text)];
  for (const candidate of found) {
    const read = tryJson(candidate);
    if (read) yield { ...read, repaired: true };
  }
  const braces = /[{[][\s\S]*[}\]]/.exec(text)?.[0];
  try {
    yield { value: JSON.parse(jsonrepair(fenced ?? braces ?? text)), repaired: true };
  } catch {
    // Cannot be repaired: keep the results of the earlier readings.
  }
}
