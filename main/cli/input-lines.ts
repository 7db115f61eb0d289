import { z } from 'zod';
import { message, type ChatRequest } from '../../contract/chat.ts';
import type { PackRequest } from '../../contract/prompt-pack.ts';
import { AppError } from '../core/lib/app-error.ts';
import { jsonProblem } from '../core/lib/json.ts';
import { textLines, textOf } from '../core/lib/files/text-lines.ts';
import { fieldProblems, problemsText } from '../core/lib/validation.ts';
import { chatFields, messagesOf, type ChatFlags } from './chat-flags.ts';

export interface LineFlags extends ChatFlags {
  /** The prompt pack variable for each line's text. */
  textAs?: string;
  /** Variables with the same value for every line. */
  var?: Record<string, unknown>;
  /** Encoding of an input file without a byte order mark. */
  encoding?: string;
}

/** A line of a `.jsonl` file: a text, complete messages, or the variables of the module's prompt pack. */
const inputItem = z.union([
  z.string(),
  z
    .strictObject({
      id: z.union([z.string().min(1).max(200), z.number()]).optional(),
      text: z.string().optional(),
      messages: z.array(message).min(1).optional(),
      variables: z.record(z.string(), z.unknown()).optional(),
    })
    .refine(
      ({ text, messages, variables }) =>
        [text, messages, variables].filter((part) => part !== undefined).length === 1,
      {
        message: 'has exactly one of text, messages, variables',
      },
    ),
]);

/** The request of one line. */
export type LineRequest = { kind: 'chat'; request: ChatRequest } | { kind: 'pack'; request: PackRequest };

export interface InputLine {
  /** The line number as in an editor, from 1: empty lines count. */
  n: number;
  id: string | undefined;
  source: string;
}

/**
 * The non-empty lines, read lazily; for a `.json` array its items, counted from 1.
 * @param encoding of a file without a byte order mark; UTF-8 by default
 * @throws AppError `file_unreadable`, `invalid_request` with the line that cannot be decoded
 */
export async function* inputLines(file: string, encoding?: string): AsyncGenerator<InputLine> {
  if (/\.json$/i.test(file)) return yield* listItems(file, encoding);
  const jsonl = /\.(jsonl|ndjson)$/i.test(file);
  for await (const { n, text } of textLines(file, encoding)) {
    if (text.trim() === '') continue;
    yield { n, id: jsonl ? idOf(text) : undefined, source: jsonl ? text : JSON.stringify(text) };
  }
}

async function* listItems(file: string, encoding: string | undefined): AsyncGenerator<InputLine> {
  const text = await textOf(file, encoding);
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid_request', `${file} is not JSON: ${jsonProblem(error, text)}`);
  }
  if (!Array.isArray(list))
    throw new AppError(
      'invalid_request',
      `${file} is not a list: write [ … ], or a .jsonl file with one object per line`,
    );
  for (const [index, item] of list.entries()) {
    const source = JSON.stringify(item);
    yield { n: index + 1, id: idOf(source), source };
  }
}

function idOf(source: string): string | undefined {
  try {
    const value = JSON.parse(source) as { id?: unknown } | null;
    const id = typeof value === 'object' ? value?.id : undefined;
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  } catch {
    return undefined;
  }
}

function itemOf(file: string, { n, source }: InputLine): z.output<typeof inputItem> {
  const at = `${file}, line ${n}`;
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw new AppError('invalid_request', `${at}: is not JSON: ${jsonProblem(error, source)}`);
  }
  const item = inputItem.safeParse(value);
  if (item.success) return item.data;
  throw new AppError('invalid_request', `${at}: ${problemsText(fieldProblems(item.error, inputItem))}`);
}

/**
 * A line's request, combined with the flags for all lines.
 * @throws AppError `invalid_request` with file and line
 */
export function requestOf(file: string, line: InputLine, flags: LineFlags): LineRequest {
  const item = itemOf(file, line);
  const { text, messages, variables } = typeof item === 'string' ? { text: item } : { ...item };
  const fields = chatFields(flags);
  if (messages) return { kind: 'chat', request: { ...fields, messages } };
  if (variables === undefined && flags.textAs === undefined)
    return { kind: 'chat', request: { ...fields, messages: messagesOf(text ?? '', flags) } };
  const { module } = flags;
  if (module === undefined) throw new AppError('invalid_request', 'add --module: it selects the prompt pack');
  const lineVariables = variables ?? { [flags.textAs ?? '']: text };
  return { kind: 'pack', request: { ...fields, module, variables: { ...flags.var, ...lineVariables } } };
}
