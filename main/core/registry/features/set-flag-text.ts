interface Member {
  key: string;
  keyStart: number;
  valueStart: number;
  valueEnd: number;
}

const string = /"(?:[^"\\]|\\.)*"/y;
const scalar = /[^,\]}\s]+/y;

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

function skipSpace(text: string, at: number): number {
  while (/\s/.test(text[at] ?? '')) at++;
  return at;
}

function endOfValue(text: string, at: number): number {
  if (text[at] === '"') return endOf(string, text, at);
  if (text[at] !== '{' && text[at] !== '[') return endOf(scalar, text, at);
  let depth = 0;
  do {
    if (text[at] === '"') at = endOf(string, text, at) - 1;
    else if (text[at] === '{' || text[at] === '[') depth++;
    else if (text[at] === '}' || text[at] === ']') depth--;
    at++;
  } while (depth > 0);
  return at;
}

/** The members of the object that begins at `open`. */
function membersOf(text: string, open: number): Member[] {
  const members: Member[] = [];
  let at = skipSpace(text, open + 1);
  while (text[at] === '"') {
    const keyEnd = endOf(string, text, at);
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const valueEnd = endOfValue(text, valueStart);
    members.push({ key: JSON.parse(text.slice(at, keyEnd)) as string, keyStart: at, valueStart, valueEnd });
    at = skipSpace(text, valueEnd);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return members;
}

const replaced = (text: string, from: number, to: number, by: string) =>
  text.slice(0, from) + by + text.slice(to);

/** Space from the last line's start on: how members are set apart where each has a line. */
function gapBefore(text: string, { keyStart }: Member): string {
  return /\s*$/.exec(text.slice(0, keyStart))?.[0] ?? '';
}

function objectOf(member: string, gap: string): string {
  const indent = /\n([ \t]+)$/.exec(gap)?.[1];
  return indent ? `{${gap}${indent}${member}${gap}}` : `{${member}}`;
}

/**
 * The text of `config/comfyvn.json` with one flag set and everything else as it was, to the byte: the file is
 * ComfyVN's, and numbers beyond a double or keys like `"10"` would not survive being parsed and written.
 * @param text valid JSON, an object
 */
export function setFlagText(text: string, flag: string, enabled: boolean): string {
  const root = membersOf(text, text.indexOf('{'));
  // Of a key that is there twice, the last one counts.
  const features = root.findLast((m) => m.key === 'features');
  const member = `${JSON.stringify(flag)}: ${enabled}`;
  const last = root.at(-1);
  if (!last) return `${JSON.stringify({ features: { [flag]: enabled } }, null, 2)}\n`;
  if (!features) {
    const gap = gapBefore(text, last);
    return replaced(text, last.valueEnd, last.valueEnd, `,${gap}"features": ${objectOf(member, gap)}`);
  }
  const inner = text[features.valueStart] === '{' ? membersOf(text, features.valueStart) : [];
  const old = inner.findLast((m) => m.key === flag);
  if (old) return replaced(text, old.valueStart, old.valueEnd, String(enabled));
  const before = inner.at(-1);
  if (before) return replaced(text, before.valueEnd, before.valueEnd, `,${gapBefore(text, before)}${member}`);
  return replaced(text, features.valueStart, features.valueEnd, objectOf(member, gapBefore(text, features)));
}
