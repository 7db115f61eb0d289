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

/** `ParseErrorCode` is a const enum, which does not exist in the package's compiled code. */
const syntaxMessages: Partial<Record<ParseErrorCode, string>> = {
  1: 'this is not a JSON value: text needs double quotes',
  2: 'this is not a number',
  3: 'the field’s name in double quotes is missing',
  4: 'a value is missing',
  5: 'a colon is missing',
  6: 'a comma is missing',
  7: 'a closing brace } is missing',
  8: 'a closing bracket ] is missing',
  9: 'there is something after the end',
  11: 'a comment is not closed',
  12: 'a string is not closed: a double quote is missing',
  13: 'a number is incomplete',
  14: 'a string has an incomplete \\u escape',
  15: 'a string has a \\ before a character that cannot be escaped',
  16: 'a string has a character that has to be escaped, such as a tab',
};

export interface SyntaxProblem extends LineColumn {
  message: string;
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
          if (found.length < maxProblems && found.every(({ line }) => line !== location.line))
            found.push({ ...location, message: syntaxMessages[code] ?? 'this is not JSON' });
        },
      },
      { allowTrailingComma: true },
    );
  } catch {
    return [{ line: 1, column: 1, message: 'is nested too deeply' }];
  }
  return found;
}
