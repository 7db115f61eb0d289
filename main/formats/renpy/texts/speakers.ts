import { Lexer, ParseFailure } from '../script/lexer.ts';
import type { LogicalLine } from '../script/logical-lines.ts';
import { pythonText } from '../script/python-text.ts';
import { strip } from '../script/spaces.ts';

/** The name that the game shows, or the character whose name is used. */
type Name = { shown: string } | { of: string };

const DEFINITION =
  /^(?:(?:init\s+)?(?:-?\d+\s+)?(?:define|default)\s+(?:-?\d+\s+)?|\$\s*)?(?:character\.)?([\p{L}_][\p{L}\p{N}_.]*)\s*=\s*(?=(?:renpy\.)?(?:store\.)?(?:(?:Dynamic|ADV|NVL)?Character)\s*\()/u;

/**
 * The characters that a script defines, also in Python, by the name in say statements: `define e = Character("Eileen")`.
 * A computed name becomes an interpolation: `[player]`.
 */
export function charactersOf(lines: readonly LogicalLine[]): Map<string, Name> {
  const characters = new Map<string, Name>();
  for (const { text } of lines) {
    if (!text.includes('Character')) continue;
    const line = strip(text);
    const match = DEFINITION.exec(line);
    if (match === null) continue;
    const name = characterName(line.slice(match[0].length));
    if (name !== null) characters.set(match[1]!, name);
  }
  return characters;
}

/** Resolves `kind=e`, by which a character uses another character's name. */
export function resolveNames(characters: ReadonlyMap<string, Name>): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [key, first] of characters) {
    let name: Name | undefined = first;
    for (let steps = 0; name !== undefined && 'of' in name && steps < 20; steps += 1) {
      name = characters.get(name.of);
    }
    if (name !== undefined && 'shown' in name) names[key] = name.shown;
  }
  return names;
}

/** The name in the arguments of `Character(…)`; null if there is none. */
function characterName(expression: string): Name | null {
  const call = splitCall(expression);
  if (call === null) return null;
  const named = new Map(call.named);
  const first = call.positional[0] ?? named.get('name');
  const dynamic = call.callee.includes('Dynamic') || named.get('dynamic') === 'True';
  if (first !== undefined && first !== 'None') {
    const text = pythonText(first);
    if (text !== null) return { shown: dynamic ? `[${text}]` : text };
    // A variable becomes an interpolation; any other expression has no name that is known.
    return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(first) ? { shown: `[${first}]` } : null;
  }
  const kind = named.get('kind');
  return first === undefined && kind !== undefined ? { of: kind } : null;
}

interface Call {
  callee: string;
  positional: string[];
  named: [string, string][];
}

function splitCall(expression: string): Call | null {
  const open = expression.indexOf('(');
  const lexer = new Lexer(
    [
      {
        number: 0,
        text: expression,
        block: [],
        indent: 0,
        origin: { number: 0, text: expression, pieces: [0, 0] },
      },
    ],
    { asciiFolding: false, monologue: 'double', globalLabel: null },
  );
  lexer.advance();
  lexer.position = open + 1;
  const call: Call = { callee: expression.slice(0, open), positional: [], named: [] };
  try {
    while (!lexer.symbol(')')) {
      const argument = strip(lexer.delimitedPython('),'));
      const keyword = /^([\p{L}_][\p{L}\p{N}_]*)\s*=(?!=)\s*([^]*)$/u.exec(argument);
      if (keyword !== null) call.named.push([keyword[1]!, keyword[2]!]);
      else if (argument !== '') call.positional.push(argument);
      lexer.symbol(',');
    }
  } catch (error) {
    if (error instanceof ParseFailure) return null;
    throw error;
  }
  return call;
}

/** Finds the speaker's name of each line, in order: `extend` continues with the last speaker. */
export class SpeakerNames {
  private last: string | undefined;

  constructor(private readonly names: Readonly<Record<string, string>>) {}

  /** @param who the expression before the text */
  of(who: string | null): string | undefined {
    if (who !== 'extend') this.last = this.name(who);
    return this.last;
  }

  private name(who: string | null): string | undefined {
    if (who === null || NARRATORS.has(who)) return undefined;
    const named = Object.hasOwn(this.names, who) ? this.names[who] : undefined;
    if (named !== undefined) return named === '' ? undefined : named;
    if (/^(?:[uUrR]?["'(_])/u.test(who)) {
      const text = pythonText(who);
      if (text !== null) return text === '' ? undefined : text;
    }
    if (/^(?:Dynamic|ADV|NVL)?Character\s*\(/u.test(who)) {
      const name = characterName(who);
      return name !== null && 'shown' in name ? name.shown : undefined;
    }
    return who;
  }
}

const NARRATORS = new Set(['narrator', 'centered', 'vcentered', 'nvl_narrator', 'adv', 'nvl', 'name_only']);
