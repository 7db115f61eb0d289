import type { ParseEntry } from 'shell-quote';
import { parse } from 'shell-quote';

export interface CurlLine {
  url: string;
  headers: [name: string, value: string][];
  /** The text after `-d`. */
  body: string;
  /** `user:password` of `-u`. */
  user: string | null;
}

const takesValue = new Set(
  (
    '-X --request -o --output -m --max-time --connect-timeout -A --user-agent -e --referer -x --proxy --retry ' +
    '-F --form -w --write-out --cacert --cert -b --cookie -c --cookie-jar --resolve -T --upload-file -K --config'
  ).split(' '),
);
const bodyFlags = new Set(['-d', '--data', '--data-raw', '--data-binary', '--data-ascii', '--json']);

/**
 * The words of the command. In an unquoted URL, `?` or `*` is parsed as a pattern; `&` ends the command, and
 * everything after it is dropped.
 */
function wordsOf(entries: ParseEntry[]): string[] {
  const t: string[] = [];
  for (const entry of entries) {
    if (typeof entry === 'string') t.push(entry);
    else if ('op' in entry && entry.op === 'glob') t.push(entry.pattern);
    else break;
  }
  return t;
}

/** Splits `--header=x` or `-Hx` into flag and value; null for any other word. */
function splitFlag(word: string): [string, string] | null {
  const long = /^(--[\w-]+)=(.*)$/s.exec(word);
  if (long) return [long[1] ?? '', long[2] ?? ''];
  const short = /^(-[HdXu])(.+)$/s.exec(word);
  return short && !word.startsWith('--') ? [short[1] ?? '', short[2] ?? ''] : null;
}

/**
 * What a cURL command would send, as far as a registration needs it; null for anything else. Variables stay
 * `$NAME`.
 */
export function readCurl(text: string): CurlLine | null {
  const joined = text
    .trim()
    .replace(/\\\r?\n/g, ' ')
    .replace(/^\$\s+/, '');
  const [command, ...t] = wordsOf(parse(joined, (name) => `$${name}`));
  if (command !== 'curl') return null;
  const line: CurlLine = { url: '', headers: [], body: '', user: null };
  for (let n = 0; n < t.length; n++) {
    const word = t[n] ?? '';
    const [flag, attachedValue] = splitFlag(word) ?? [word, null];
    const value = () => attachedValue ?? t[++n] ?? '';
    if (flag === '-H' || flag === '--header') {
      const [name = '', ...rest] = value().split(':');
      line.headers.push([name.trim(), rest.join(':').trim()]);
    } else if (bodyFlags.has(flag)) line.body += value();
    else if (flag === '-u' || flag === '--user') line.user = value();
    else if (flag === '--url') line.url = value();
    else if (takesValue.has(flag)) value();
    else if (!flag.startsWith('-')) line.url ||= flag;
  }
  return line.url === '' ? null : line;
}
