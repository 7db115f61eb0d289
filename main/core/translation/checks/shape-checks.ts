import type { CodedText } from '../../../../contract/coded-texts.ts';
import { codedText } from '../../lib/coded-text.ts';
import { cellsOf } from '../../../formats/shared/cells.ts';
import { withoutCode, type CodeSyntax } from '../text/code-tokens.ts';
import { problemOf, type Problem } from './problem.ts';

export interface ShapeText {
  source: string;
  target: string;
  speaker: string | null;
  maxCells: number | null;
  syntaxes: readonly CodeSyntax[] | undefined;
  /** The format wraps long lines itself. */
  wraps: boolean;
}

type ProblemText = CodedText<'unit_problem'>;

/** @param marked the part of the translation to highlight */
const marking = (marked: string | undefined): Problem['words'] =>
  marked ? { source: [], target: [marked] } : undefined;
const warning = (text: ProblemText, marked?: string): Problem => problemOf('warning', text, marking(marked));
const error = (text: ProblemText, marked?: string): Problem => problemOf('error', text, marking(marked));

const breaksIn = (text: string) => text.match(/\r\n|\n|\r/g)?.length ?? 0;

function lineBreakProblem({ source, target, wraps }: ShapeText): Problem[] {
  const [before, after] = [breaksIn(source), breaksIn(target)];
  if (wraps || before === after) return [];
  const message = `It has ${after} line breaks, the source ${before}.`;
  return [warning(codedText('unit_problem', 'line_breaks', { target: after, source: before }, message))];
}

/** Width of a line in cells; full-width letters take two. */
function widthOf(line: string): number {
  let cells = 0;
  for (const letter of line) cells += cellsOf(letter);
  return cells;
}

function widthProblem({ target, maxCells, syntaxes, wraps }: ShapeText): Problem[] {
  if (maxCells === null || wraps) return [];
  const lines = withoutCode(target, syntaxes).split(/\r\n|\n|\r/);
  const widest = Math.max(...lines.map((line) => widthOf(line.trim())));
  if (widest <= maxCells) return [];
  const message = `A line is ${widest} cells wide; the game has room for ${maxCells}.`;
  return [warning(codedText('unit_problem', 'too_wide', { widest, room: maxCells }, message))];
}

const maxTextLength = 6000;
const loop = /(.{1,40}?)\1{7,}/su;

function repetitionProblem({ source, target }: ShapeText): Problem[] {
  const inTarget = loop.exec(target.slice(0, maxTextLength));
  if (!inTarget || inTarget[0].length < 32 || /^\P{L}+$/u.test(inTarget[0])) return [];
  const inSource = loop.exec(source.slice(0, maxTextLength));
  if (inSource && inSource[0].length * 4 >= inTarget[0].length) return [];
  const part = inTarget[1]?.slice(0, 20) ?? '';
  const text = codedText('unit_problem', 'repetition', { part }, `“${part}” is repeated over and over.`);
  return [error(text, inTarget[0].slice(0, 200))];
}

/** Refusals in place of a translation. They must mention the model's task, because a character may be sorry, too. */
const refusals: readonly RegExp[] = [
  /\bI(?:['’]m| am) (?:sorry|unable|not able)\b[^.!?\n]{0,60}\b(?:translat|assist|help with (?:that|this)|fulfil|comply|content|request)/iu,
  /\bI (?:can(?:no|['’])t|won['’]t|will not) (?:(?:assist|help)(?: you)? with (?:that|this|your)|translate|fulfil|comply|provide (?:a )?translation)/iu,
  /\bas an? (?:AI|language model|assistant)\b/iu,
  /(?:翻訳|翻译|リクエスト|请求|コンテンツ|内容)[^。！？\n]{0,20}(?:できません|いたしかねます|お手伝いできません|无法|不能)/u,
  /(?:无法|不能|抱歉)[^。！？\n]{0,12}(?:翻译|协助|提供)/u,
];
const explanations: readonly RegExp[] = [
  /^\s*(?:sure|certainly|of course)[,!.]? (?:here|below)/iu,
  /^\s*(?:here (?:is|are)|below (?:is|are)) (?:the |your )?translat/iu,
  /^\s*(?:the )?translat(?:ion|ed text|ed)\s*[:：]/iu,
  /[([（【]\s*(?:translator['’]?s note|note|TN|T\/N|訳注|译注|注)\s*[:：]/iu,
  /^\s*(?:以下(?:は|が|是)[^。\n]{0,10}(?:翻訳|訳|翻译)|翻訳\s*[:：]|翻译\s*[:：]|译文\s*[:：])/u,
];

/** Finds replies that talk to the user in place of translating. */
function chatProblem({ source, target }: ShapeText): Problem[] {
  const has = (patterns: readonly RegExp[]) =>
    patterns.some((pattern) => pattern.test(target) && !pattern.test(source));
  const isAboutModels =
    /\bAI\b|language model|assistant|人工知能|エーアイ|人工智能|翻訳|翻译|translat/iu.test(source);
  if (!isAboutModels && has(refusals))
    return [error(codedText('unit_problem', 'refusal', {}, 'The model refused in place of translating.'))];
  if (has(explanations)) {
    const message = 'The model explains in place of translating.';
    return [error(codedText('unit_problem', 'explanation', { too_long: false }, message))];
  }
  // A translation needs at most three times the cells of its source, so a far longer text contains more than that.
  if (widthOf(target) > widthOf(source) * 8 + 120)
    return [
      error(
        codedText('unit_problem', 'explanation', { too_long: true }, 'It is far longer than the source.'),
      ),
    ];
  return [];
}

function speakerProblem({ source, target, speaker }: ShapeText): Problem[] {
  const cue = /^\s*[「『【[]?([^\s:：「」『』【】[\]]{1,30})[」』】\]]?\s*[:：]/u;
  const [, name] = cue.exec(target) ?? [];
  if (name === undefined || cue.test(source) || speaker === null) return [];
  if (name !== speaker && !/^[\p{Lu}\p{Lo}]/u.test(name)) return [];
  const message = `It begins with a name, “${name}:”, which the source does not.`;
  return [warning(codedText('unit_problem', 'speaker', { name }, message), name)];
}

const opening = /^["“”„«»‹‘「『]/u;
const closing = /["“”„«»›’」』][.,!?。！？…]*$/u;
const isQuoted = (text: string) => opening.test(text.trim()) && closing.test(text.trim());

function quoteProblem({ source, target }: ShapeText): Problem[] {
  if (isQuoted(source) === isQuoted(target)) return [];
  const quoted = isQuoted(source) ? 'source' : 'target';
  const [one, other] = quoted === 'source' ? ['The source', 'it'] : ['It', 'the source'];
  const message = `${one} stands in quotation marks, and ${other} does not.`;
  return [warning(codedText('unit_problem', 'quotes', { quoted }, message))];
}

/** Checks that need neither language nor glossary. */
export function shapeProblems(text: ShapeText): Problem[] {
  return [
    ...lineBreakProblem(text),
    ...widthProblem(text),
    ...repetitionProblem(text),
    ...chatProblem(text),
    ...speakerProblem(text),
    ...quoteProblem(text),
  ];
}
