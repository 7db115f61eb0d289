import { isDeepStrictEqual } from 'node:util';
import { parseTree, type Node } from 'jsonc-parser';
import { isObject, type JsonObject } from '../json.ts';
import { isStrictJson, parseJsonText } from './read-json.ts';

/** One replacement in a text; nothing else changes. */
interface Edit {
  from: number;
  to: number;
  by: string;
}

const end = ({ offset, length }: Node) => offset + length;
const keyOf = (member: Node) => member.children?.[0]?.value as string;
const valueOf = (member: Node) => member.children?.[1];

const comment = String.raw`(?:\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)`;
const spaceAndComments = new RegExp(String.raw`(?:\s|${comment})*`, 'y');
const restOfLine = new RegExp(String.raw`[ \t]*${comment}(?:[ \t]*${comment})*(?=[ \t]*\r?\n)`, 'y');

/** The end of a match that begins at `at`; `at` itself without a match. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Line break and indentation before a position, or the empty string if its line begins before `from`. */
function lineBreakBefore(text: string, from: number, at: number): string {
  const found = [...text.slice(from, at).matchAll(/\r?\n[ \t]*/g)].at(-1);
  return found?.[0] ?? '';
}

/** A value as JSON, on several lines if its surroundings are, indented by `gap` and `unit`. */
function rendered(value: unknown, gap: string, unit: string): string {
  if (!gap.includes('\n')) return JSON.stringify(value);
  return JSON.stringify(value, null, unit).replaceAll('\n', gap);
}

/**
 * Computes edits that change a JSON document's value. Numbers, order, comments and white space of unchanged
 * parts stay.
 */
class Editor {
  readonly #text: string;
  readonly #unit: string;
  readonly #eol: string;
  readonly #edits: Edit[] = [];

  constructor(text: string, root: Node) {
    this.#text = text;
    this.#eol = text.includes('\r\n') ? '\r\n' : '\n';
    const first = root.children?.[0];
    const gap = first ? lineBreakBefore(text, root.offset, first.offset) : '';
    this.#unit = gap.replace(/^\r?\n/, '') || '  ';
  }

  result(): string {
    let out = this.#text;
    for (const { from, to, by } of this.#edits
      .toReversed()
      .toSorted((a, b) => b.from - a.from || b.to - a.to))
      out = out.slice(0, from) + by + out.slice(to);
    return out;
  }

  #put(from: number, to: number, by: string): void {
    this.#edits.push({ from, to, by });
  }

  /** Changes a node's value, with one edit per difference. */
  change(node: Node, next: unknown): void {
    const was = (parseJsonText(this.#text.slice(node.offset, end(node))) as { value: unknown }).value;
    if (isDeepStrictEqual(was, next)) return;
    if (node.type === 'object' && isObject(next)) this.#changeObject(node, next);
    else if (node.type === 'array' && Array.isArray(next)) this.#changeArray(node, was as unknown[], next);
    else this.replace(node, next);
  }

  replace(node: Node, next: unknown): void {
    const gap = lineBreakBefore(this.#text, 0, node.offset) || this.#eol;
    this.#put(node.offset, end(node), rendered(next, gap, this.#unit));
  }

  #changeObject(node: Node, next: JsonObject): void {
    const members = node.children ?? [];
    const gone = members.filter((member) => !Object.hasOwn(next, keyOf(member)));
    const added: string[] = [];
    for (const [key, value] of Object.entries(next)) {
      // If a key occurs twice, the last one counts.
      const old = members.findLast((member) => keyOf(member) === key);
      const oldValue = old && valueOf(old);
      if (oldValue) this.change(oldValue, value);
      else added.push(key);
    }
    const stays = members.filter((member) => !gone.includes(member)).at(-1);
    this.#remove(node, gone, added.length > 0);
    this.insert(
      node,
      stays,
      added.map((key) => (gap) => `${JSON.stringify(key)}: ${rendered(next[key], gap, this.#unit)}`),
    );
  }

  #changeArray(node: Node, was: unknown[], next: unknown[]): void {
    const items = node.children ?? [];
    const shorter = Math.min(was.length, next.length);
    let [head, tail] = [0, 0];
    while (head < shorter && isDeepStrictEqual(was[head], next[head])) head++;
    while (tail < shorter - head && isDeepStrictEqual(was.at(-1 - tail), next.at(-1 - tail))) tail++;
    const old = items.slice(head, items.length - tail);
    const fresh = next.slice(head, next.length - tail);
    const both = Math.min(old.length, fresh.length);
    for (let i = 0; i < both; i++) this.change(old[i] as Node, fresh[i]);
    this.#remove(node, old.slice(both), fresh.length > both);
    const added = fresh.slice(both).map((value) => (gap: string) => rendered(value, gap, this.#unit));
    // Items are inserted after the preceding item that stays; at the very beginning there is none.
    this.insert(node, items[head + both - 1], added, tail === 0);
  }

  /** Removes members or items with their commas. Comments stay, because it is unclear to what they refer. */
  #remove(parent: Node, gone: readonly Node[], more: boolean): void {
    if (gone.length === 0) return;
    const siblings = parent.children ?? [];
    const stay = siblings.filter((sibling) => !gone.includes(sibling));
    for (const node of gone) {
      const comma = after(spaceAndComments, this.#text, end(node));
      const lineStart = lineBreakBefore(this.#text, parent.offset, node.offset);
      const alone = this.#text.slice(0, node.offset).endsWith(lineStart) ? lineStart.length : 0;
      this.#put(node.offset - alone, end(node), '');
      if (this.#text[comma] === ',') this.#put(comma, comma + 1, '');
    }
    // If nothing follows, the last remaining member must not keep a comma, which strict JSON rejects.
    const last = stay.at(-1);
    const wasLast = siblings.at(-1);
    if (more || !last || !wasLast || !gone.includes(wasLast)) return;
    const comma = after(spaceAndComments, this.#text, end(last));
    if (this.#text[comma] === ',') this.#put(comma, comma + 1, '');
  }

  /**
   * Inserts members or items after `last`, or before all others.
   * @param texts each is called with the line break and indentation that precede it
   * @param alone used if there is no `last`: no other member stays
   */
  insert(
    parent: Node,
    last: Node | undefined,
    texts: readonly ((gap: string) => string)[],
    alone = true,
  ): void {
    if (texts.length === 0) return;
    if (last) this.#insertBehind(parent, last, texts);
    else this.#insertInFront(parent, texts, alone ? '' : ',');
  }

  #insertBehind(parent: Node, last: Node, texts: readonly ((gap: string) => string)[]): void {
    const text = this.#text;
    const next = after(spaceAndComments, text, end(last));
    const hasComma = text[next] === ',';
    const from = hasComma ? next + 1 : end(last);
    const at = after(restOfLine, text, from);
    const broken = lineBreakBefore(text, parent.offset, last.offset);
    const space = /[ \t]*$/.exec(text.slice(parent.offset + 1, last.offset))?.[0] ?? '';
    // After a line comment, everything has to start on a new line.
    const gap = broken || (at > from ? this.#eol : space);
    if (!hasComma) this.#put(end(last), end(last), ',');
    const added = texts.map((textAt) => gap + textAt(gap)).join(',');
    this.#put(at, at, hasComma ? `${added},` : added);
  }

  #insertInFront(parent: Node, texts: readonly ((gap: string) => string)[], comma: string): void {
    const text = this.#text;
    const first = parent.children?.[0];
    const closing = end(parent) - 1;
    const outer = lineBreakBefore(text, parent.offset, closing);
    const inner = first && lineBreakBefore(text, parent.offset, first.offset);
    const gap = inner ?? (outer ? outer + this.#unit : '');
    const added = texts.map((textAt) => gap + textAt(gap)).join(',');
    if (first) return this.#put(parent.offset + 1, parent.offset + 1, `${added}${comma}`);
    // Keeps comments, but not mere white space.
    const before = text.slice(parent.offset + 1, closing).trimEnd();
    this.#put(parent.offset + 1, closing, `${before}${added}${gap && outer}`);
  }
}

function rootOf(text: string): Node {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (!root) throw new Error('there is no JSON to edit');
  return root;
}

/**
 * Sets one member of an object in the root of a JSON document. Everything else stays byte for byte; parsing
 * and serializing would lose large numbers, order, escapes and comments.
 * @param text an object; comments and trailing commas are allowed
 * @param name the object's name; it is created if missing
 */
export function setMember(text: string, name: string, key: string, value: unknown): string {
  const root = rootOf(text);
  const editor = new Editor(text, root);
  const owner = root.children?.findLast((member) => keyOf(member) === name);
  const object = owner && valueOf(owner);
  if (!object) {
    const stays = root.children?.at(-1);
    if (!stays && text.slice(root.offset + 1, end(root) - 1).trim() === '')
      return `${text.slice(0, root.offset)}${JSON.stringify({ [name]: { [key]: value } }, null, 2)}${text.slice(end(root)) || '\n'}`;
    editor.insert(root, stays, [
      (gap) => {
        const member = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
        const inner = gap.includes('\n') ? gap + (/[ \t]+$/.exec(gap)?.[0] ?? '  ') : '';
        return `${JSON.stringify(name)}: {${inner}${member}${inner && gap}}`;
      },
    ]);
    return editor.result();
  }
  if (object.type !== 'object') {
    editor.replace(object, { [key]: value });
    return editor.result();
  }
  const old = object.children?.findLast((member) => keyOf(member) === key);
  const oldValue = old && valueOf(old);
  if (oldValue) editor.replace(oldValue, value);
  else
    editor.insert(object, object.children?.at(-1), [
      () => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    ]);
  return editor.result();
}

/**
 * The text for saving a value over an older text. A text with comments or trailing commas is edited only
 * where the value differs, so that they stay; any other text is written anew.
 */
export function jsonTextOver(old: string | undefined, value: unknown): string {
  if (old === undefined || isStrictJson(old) || 'problem' in parseJsonText(old))
    return `${JSON.stringify(value, null, 2)}\n`;
  const root = rootOf(old);
  const editor = new Editor(old, root);
  // Properties that JSON omits, such as undefined, are omitted from the comparison too.
  editor.change(root, JSON.parse(JSON.stringify(value)) as unknown);
  const text = editor.result();
  const read = parseJsonText(text);
  // A correct value is more important than the comments.
  return 'value' in read && isDeepStrictEqual(read.value, JSON.parse(JSON.stringify(value)))
    ? text
    : `${JSON.stringify(value, null, 2)}\n`;
}
