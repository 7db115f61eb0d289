import type { ByteSpan } from '../../define.ts';
import { canonicalSayText, type Quoting } from './say-text.ts';

/** A text in the file. `span` is in UTF-16 indices of the decoded file. */
export interface QuotedText {
  span: ByteSpan;
  quoting: Quoting;
  /** A paragraph of a triple-quoted string: the span does not include the quotes. */
  inner: boolean;
}

export interface SayNode {
  kind: 'say';
  line: number;
  what: string;
  quoted: QuotedText;
  who: string | null;
  attributes: string[] | null;
  temporary: string[] | null;
  interact: boolean;
  identifier: string | null;
  arguments: string | null;
  transition: string | null;
  /** The label above the line. */
  scene: string | undefined;
}

/** `voice`, `nvl clear`: part of the translation of the next line. */
export interface CommandNode {
  kind: 'command';
  line: number;
  code: string;
}

export interface MenuItem {
  text: string;
  quoted: QuotedText;
  block: Node[] | null;
}

export interface MenuNode {
  kind: 'menu';
  line: number;
  items: MenuItem[];
  scene: string | undefined;
}

/** `translate language identifier:` */
export interface TranslateNode {
  kind: 'translate';
  line: number;
  /** The last line of the block. */
  lastLine: number;
  language: string | null;
  identifier: string;
  block: Node[];
}

export interface StringPair {
  line: number;
  old: string | null;
  /** The expression after `new`. */
  new: { span: ByteSpan; expression: string };
}

/** `translate language strings:` */
export interface StringsNode {
  kind: 'strings';
  line: number;
  language: string | null;
  pairs: StringPair[];
}

/** `translate language python:` or `style`. */
export interface TranslateCodeNode {
  kind: 'translateCode';
  language: string | null;
}

export type Node =
  | SayNode
  | CommandNode
  | MenuNode
  | TranslateNode
  | StringsNode
  | TranslateCodeNode
  | { kind: 'label'; name: string; hide: boolean; block: Node[] }
  /** A statement with blocks of script below it: `if`, `while`, `init`. */
  | { kind: 'blocks'; blocks: Node[][] }
  | { kind: 'other' };

/**
 * The canonical code of a say statement.
 * @param what replaces the text, including its quotes
 */
export function sayCode(node: SayNode, what = canonicalSayText(node.what)): string {
  const words: string[] = [];
  if (node.who !== null) words.push(node.who);
  if (node.attributes !== null) words.push(...node.attributes);
  if (node.temporary !== null) words.push('@', ...node.temporary);
  words.push(what);
  if (!node.interact) words.push('nointeract');
  if (node.identifier !== null) words.push('id', node.identifier);
  if (node.arguments !== null) words.push(node.arguments);
  if (node.transition !== null) words.push('with', node.transition);
  return words.join(' ');
}
