import { fileWarning } from '../file-warning.ts';
import type { Unit } from '../define.ts';
import { lineEnding, linesOf, type Line } from '../shared/lines.ts';
import { Scan } from '../shared/text-format.ts';
import { UniqueKeys } from '../shared/unique-keys.ts';
import { renderAttribute, renderText, renderWord } from './render.ts';
import { readTag, tokensOf, type Attribute, type Token } from './tokens.ts';

// Attributes whose value the player sees. `title name=`, the window's title, is handled separately.
const textAttributes = new Set(['text', 'jname', 'hint', 'caption']);
// Tags that end a text: a page ends, or a choice begins.
const boundaries = new Set([
  'p',
  'cm',
  'ct',
  'er',
  's',
  'link',
  'endlink',
  'jump',
  'call',
  'return',
  'glink',
  'button',
]);
// Tags that draw letters. Next to a text, they are part of it.
const shownTags = new Set(['ruby', 'emb', 'ch', 'graph']);
// Blocks in another language: the start tag and the end tag.
const blockEnds: Record<string, string> = { iscript: 'endscript', html: 'endhtml' };
const margin = /[ \t\u3000]/;
const readable = /[\p{L}\p{N}]/u;

/** Decides how a unit's translation is formatted. */
type UnitKind =
  | { kind: 'text'; startsLine: boolean }
  | { kind: 'attribute'; attribute: Attribute }
  | { kind: 'word' };

/** Reads a scenario line by line, as the engines do. */
export class ScenarioScanner {
  readonly #text: string;
  readonly #scan: Scan;
  readonly #kinds: UnitKind[] = [];
  readonly #labels = new UniqueKeys();
  readonly #counts = new Map<string, number>();
  readonly #names = new Map<string, string>();
  #label = '(top)';
  #speaker = '';
  /** Units of several lines. Their source is set when all lines are known. */
  readonly #extended = new Set<number>();
  /** The unit that continues on the next line. */
  #open: number | null = null;

  constructor(text: string) {
    this.#text = text;
    const ending = lineEnding(text);
    this.#scan = new Scan((index, target) => {
      const unit = this.#kinds[index];
      if (unit?.kind === 'attribute') return renderAttribute(target, unit.attribute);
      return unit?.kind === 'word'
        ? renderWord(target)
        : renderText(target, ending, unit?.startsLine === true);
    });
    this.#labels.take(this.#label);
  }

  scan(): Scan {
    let blockEnd = '';
    let isComment = false;
    for (const line of linesOf(this.#text)) {
      const content = this.#text.slice(line.start, line.end).trim();
      const first = content[0] ?? '';
      if (blockEnd !== '') {
        if (content.includes(blockEnd)) blockEnd = '';
        continue;
      }
      if (isComment || content === '/*') {
        isComment = content !== '*/';
        this.#open = null;
        continue;
      }
      if (first === '' || first === ';') this.#open = null;
      else if (first === '*') this.#readLabel(line);
      else if (first === '#') this.#readSpeaker(line);
      else blockEnd = first === '@' ? this.#readCommand(line) : this.#readText(line);
    }
    for (const index of this.#extended) {
      const unit = this.#scan.units[index];
      if (unit !== undefined)
        unit.source = this.#sourceOf(this.#scan.starts[index] ?? 0, this.#scan.ends[index] ?? 0);
    }
    if (blockEnd !== '') {
      const message = `A script block is never closed: ${blockEnd} is missing.`;
      this.#scan.warnings.push(fileWarning('script_block_open', { end: blockEnd }, message));
    }
    return this.#scan;
  }

  /** `*name|caption`: saved games show the caption. */
  #readLabel(line: Line): void {
    this.#open = null;
    const star = this.#text.indexOf('*', line.start);
    const content = this.#text.slice(star + 1, line.end);
    const bar = content.indexOf('|');
    const name = (bar === -1 ? content : content.slice(0, bar)).trim();
    this.#label = this.#labels.take(name === '' ? `${this.#label}|` : name);
    this.#counts.clear();
    if (bar === -1) return;
    const [from, to] = this.#trim(star + 2 + bar, line.end);
    if (from < to && !/[&%]/.test(this.#text[from] ?? '')) this.#add({ kind: 'word' }, 'caption', from, to);
  }

  /** `#name:face`. A name in plain ASCII may be an identifier and is not translated. Other names are shown as they are. */
  #readSpeaker(line: Line): void {
    this.#open = null;
    const hash = this.#text.indexOf('#', line.start);
    const content = this.#text.slice(hash + 1, line.end);
    const colon = content.indexOf(':');
    const [from, to] = this.#trim(hash + 1, colon === -1 ? line.end : hash + 1 + colon);
    const name = this.#text.slice(from, to);
    this.#speaker = this.#names.get(name) ?? name;
    const isIdentifier = /^[\w.-]*$/.test(name) || /^[&%]/.test(name);
    if (isIdentifier) this.#count('name');
    else this.#add({ kind: 'word' }, 'name', from, to);
  }

  /** @returns the end tag of the block that this command begins; empty if it begins none */
  #readCommand(line: Line): string {
    this.#open = null;
    const at = this.#text.indexOf('@', line.start);
    const [, to] = this.#trim(at, line.end);
    const tag = readTag(this.#text, at + 1, to);
    this.#readAttributes(tag.name, tag.attributes);
    return blockEnds[tag.name] ?? '';
  }

  /** @returns the end tag of the block that a tag of the line begins; empty if none does */
  #readText(line: Line): string {
    // In KAG, a backslash at the end of a line joins it to the next line. It is not part of the text.
    const [, trimmed] = this.#trim(line.start, line.end);
    const isJoined = this.#text[trimmed - 1] === '\\' && this.#text[trimmed - 2] !== '\\';
    const tokens = tokensOf(this.#text, line.start, isJoined ? trimmed - 1 : line.end);
    const group: Token[] = [];
    let isFirstGroup = true;
    for (const token of tokens) {
      if (token.kind === 'text' || !boundaries.has(token.name)) {
        group.push(token);
        if (token.kind === 'text') continue;
        // A tag within a text is part of that text's unit, including its attributes.
        const end = blockEnds[token.name];
        if (end === undefined) continue;
        this.#closeGroup(group, line, isFirstGroup);
        this.#open = null;
        return this.#text.slice(token.to, line.end).includes(end) ? '' : end;
      }
      this.#closeGroup(group, line, isFirstGroup);
      this.#open = null;
      isFirstGroup = false;
      group.length = 0;
      this.#readAttributes(token.name, token.attributes);
    }
    this.#closeGroup(group, line, isFirstGroup);
    if (isJoined) this.#open = null;
    const last = tokens.at(-1);
    if (last?.kind === 'tag' && !last.isClosed) this.#warnOpenTag();
    return '';
  }

  /** Adds the text between two boundaries, from its first letter to its last, including the tags between these. */
  #closeGroup(group: readonly Token[], line: Line, isFirstGroup: boolean): void {
    const wasOpen = isFirstGroup ? this.#open : null;
    this.#open = null;
    const hasText = group.some((token) => this.#isText(token));
    const first = hasText ? group.findIndex((token) => this.#isShown(token)) : group.length;
    const last = hasText ? group.findLastIndex((token) => this.#isShown(token)) : group.length;
    // In a unit that continues here, the tags before this line's text are part of the unit.
    if (wasOpen === null || !hasText) this.#readTags(group.slice(0, first));
    if (!hasText) return;
    this.#addText(group, first, last, line, wasOpen);
    this.#readTags(group.slice(last + 1));
  }

  #readTags(tokens: readonly Token[]): void {
    for (const token of tokens) if (token.kind === 'tag') this.#readAttributes(token.name, token.attributes);
  }

  #addText(group: readonly Token[], first: number, last: number, line: Line, wasOpen: number | null): void {
    const [from] = this.#trim(group[first]?.from ?? 0, group[first]?.to ?? 0);
    const [, to] = this.#trim(group[last]?.from ?? 0, group[last]?.to ?? 0);
    let index = wasOpen;
    if (index === null) {
      const startsLine = this.#text.slice(line.start, from).trim() === '';
      index = this.#add({ kind: 'text', startsLine }, '', from, to);
    } else this.#extend(index, to);
    // `[r]` alone is a line break within a message. `[l]` ends the message: there, the player clicks to go on.
    const trailing = group.slice(last + 1).flatMap((token) => (token.kind === 'tag' ? [token.name] : []));
    if (trailing.at(-1) === 'r' && !trailing.includes('l')) this.#open = index;
  }

  #readAttributes(tag: string, attributes: readonly Attribute[]): void {
    // How a word is pronounced. It is part of the unit that contains the word.
    if (tag === 'ruby') return;
    if (tag === 'chara_new') this.#rememberName(attributes);
    for (const attribute of attributes) {
      const isTitle = tag === 'title' && attribute.name === 'name';
      if (!isTitle && !textAttributes.has(attribute.name)) continue;
      // `&f.name` is an expression, `%text` a macro's argument.
      const isText = !/^\s*[&%]/.test(attribute.value) && readable.test(attribute.value);
      const kind = `${tag}.${attribute.name}`;
      if (isText)
        this.#add({ kind: 'attribute', attribute }, kind, attribute.from, attribute.to, attribute.value);
      else this.#count(kind);
    }
  }

  #rememberName(attributes: readonly Attribute[]): void {
    const name = attributes.find((attribute) => attribute.name === 'name')?.value;
    const shown = attributes.find((attribute) => attribute.name === 'jname')?.value;
    if (name !== undefined && shown !== undefined) this.#names.set(name, shown);
  }

  #add(
    unitKind: UnitKind,
    kind: string,
    from: number,
    to: number,
    source = this.#sourceOf(from, to),
  ): number {
    const prefix = kind === '' ? this.#label : `${this.#label}/${kind}`;
    const unit: Unit = { key: `${prefix}/${this.#count(kind)}`, source, scene: this.#label };
    const named = /^【([^】]+)】/.exec(source)?.[1];
    if (unitKind.kind === 'text' && (named ?? this.#speaker) !== '') unit.speaker = named ?? this.#speaker;
    this.#scan.add(unit, from, to);
    this.#kinds.push(unitKind);
    return this.#scan.units.length - 1;
  }

  /** Skipped texts count too, so keys do not change if a translated name looks like an identifier. */
  #count(kind: string): number {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return count;
  }

  #extend(index: number, to: number): void {
    this.#scan.ends[index] = to;
    this.#extended.add(index);
  }

  #sourceOf(from: number, to: number): string {
    return this.#text.slice(from, to).replace(/\r\n|\r/g, '\n');
  }

  #trim(from: number, to: number): [number, number] {
    let [start, end] = [from, to];
    while (start < end && margin.test(this.#text[start] ?? '')) start += 1;
    while (end > start && margin.test(this.#text[end - 1] ?? '')) end -= 1;
    return [start, end];
  }

  #isText(token: Token): boolean {
    return token.kind === 'text' && this.#text.slice(token.from, token.to).trim() !== '';
  }

  #isShown(token: Token): boolean {
    return this.#isText(token) || (token.kind === 'tag' && shownTags.has(token.name));
  }

  #warnOpenTag(): void {
    const message = 'Some tags have no closing bracket; the rest of their lines was skipped.';
    if (!this.#scan.warnings.some(({ code }) => code === 'tags_open'))
      this.#scan.warnings.push(fileWarning('tags_open', {}, message));
  }
}
