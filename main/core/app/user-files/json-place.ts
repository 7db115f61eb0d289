import type { CodedText, TextDetail, TextValues } from '../../../../contract/coded-texts.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';
import { parseTree, visit, type Node, type ParseErrorCode } from 'jsonc-parser';

/** A place in a text, counted from 1. */
export interface LineColumn {
  line: number;
  column: number;
}

export function placeAt(text: string, offset: number): LineColumn {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** The syntax tree of a text, as far as it can be parsed; comments and trailing commas are allowed. */
export function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text, [], { allowTrailingComma: true });
  } catch {
    // Nested too deeply.
    return undefined;
  }
}

const keyOf = (member: Node) => String(member.children?.[0]?.value);

/** The member or item that the rest of a path begins with; keys may contain dots. */
function step(node: Node, path: string): { found: Node; rest: string } | undefined {
  if (node.type === 'array') {
    const [whole, index] = /^\[(\d+)\]\.?/.exec(path) ?? [];
    const found = index === undefined ? undefined : node.children?.[Number(index)];
    return found && whole !== undefined ? { found, rest: path.slice(whole.length) } : undefined;
  }
  const members = (node.children ?? []).filter((member) => {
    const key = keyOf(member);
    return path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`);
  });
  const found = members.toSorted((a, b) => keyOf(b).length - keyOf(a).length)[0];
  return found && { found, rest: path.slice(keyOf(found).length).replace(/^\./, '') };
}

/** Where a path such as `models[0].id` is in a text; if it is missing, the nearest node around it. */
export function placeOfPath(text: string, path: string): LineColumn | undefined {
  const root = treeOf(text);
  if (!root) return undefined;
  let node = root;
  let offset = root.offset;
  for (let rest = path; rest !== '';) {
    const next = step(node, rest);
    if (!next) break;
    offset = next.found.offset;
    node = next.found.type === 'property' ? (next.found.children?.[1] ?? next.found) : next.found;
    rest = next.rest;
  }
  return placeAt(text, offset);
}

type Fault = TextValues<'file_problem', 'syntax'>['fault'];

/** `ParseErrorCode` is a const enum, which does not exist in the package's compiled code. */
const syntaxFaults: Partial<Record<ParseErrorCode, Fault>> = {
  1: 'not_value',
  2: 'not_number',
  3: 'no_name',
  4: 'no_value',
  5: 'no_colon',
  6: 'no_comma',
  7: 'no_brace',
  8: 'no_bracket',
  9: 'after_end',
  11: 'open_comment',
  12: 'open_string',
  13: 'incomplete_number',
  14: 'incomplete_escape',
  15: 'wrong_escape',
  16: 'not_escaped',
};

const syntaxMessages: Record<Fault, string> = {
  not_value: 'this is not a JSON value: text needs double quotes',
  not_number: 'this is not a number',
  no_name: 'the field’s name in double quotes is missing',
  no_value: 'a value is missing',
  no_colon: 'a colon is missing',
  no_comma: 'a comma is missing',
  no_brace: 'a closing brace } is missing',
  no_bracket: 'a closing bracket ] is missing',
  after_end: 'there is something after the end',
  open_comment: 'a comment is not closed',
  open_string: 'a string is not closed: a double quote is missing',
  incomplete_number: 'a number is incomplete',
  incomplete_escape: 'a string has an incomplete \\u escape',
  wrong_escape: 'a string has a \\ before a character that cannot be escaped',
  not_escaped: 'a string has a character that has to be escaped, such as a tab',
  other: 'this is not JSON',
};

function syntaxText(code: ParseErrorCode): CodedText<'file_problem'> {
  const fault = syntaxFaults[code] ?? 'other';
  return codedText('file_problem', 'syntax', { fault }, syntaxMessages[fault]);
}

export interface SyntaxProblem extends LineColumn {
  message: string;
  message_detail: TextDetail;
}

const maxProblems = 10;

/** Every syntax error in a text, at most one per line; comments and trailing commas are allowed. */
export function syntaxProblems(text: string): SyntaxProblem[] {
  const found: SyntaxProblem[] = [];
  try {
    visit(
      text,
      {
        onError(code, offset) {
          const location = placeAt(text, offset);
          if (found.length >= maxProblems || found.some(({ line }) => line === location.line)) return;
          const problem = syntaxText(code);
          found.push({ ...location, message: problem.message, message_detail: detailOf(problem) });
        },
      },
      { allowTrailingComma: true },
    );
  } catch {
    const { message, ...detail } = codedText('file_problem', 'too_deep', {}, 'is nested too deeply');
    return [{ line: 1, column: 1, message, message_detail: detail }];
  }
  return found;
}
