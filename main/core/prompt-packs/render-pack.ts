import type { Message } from '../../../contract/chat.ts';
import { personaTurn } from '../../../contract/emulation.ts';
import { AppError } from '../lib/app-error.ts';
import { problemsText, type FieldProblem } from '../lib/validation.ts';
import type { Pack, PackTemplate } from './pack.ts';
import { variableProblems, withNulls, type Values } from './variables.ts';

function refuse(pack: Pack, problems: FieldProblem[]): AppError {
  const { module } = pack.file;
  const fields = problems.map(({ path, message }) => ({ path: `variables.${path}`, message }));
  const text = problemsText(problems);
  return new AppError('pack_variables_invalid', `variables of the prompt pack ${module}: ${text}`, {
    module,
    fields,
  });
}

function fill(pack: Pack, { name, compiled }: PackTemplate, values: Values): string {
  try {
    return compiled.render(values);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const details = { module: pack.file.module, template: name, reason };
    const failure = new AppError('pack_template_failed', `${name}: ${reason}`, details);
    failure.cause = error;
    throw failure;
  }
}

function turnsOf(pack: Pack, values: Values): Message[] {
  const { turns } = pack.file;
  const list = turns === undefined ? null : values[turns];
  if (!Array.isArray(list)) return [];
  return list.map((item, i) => {
    const turn = personaTurn.safeParse(item);
    if (turn.success) return turn.data;
    throw refuse(pack, [
      { path: `${turns}[${i}]`, message: 'a turn has a "role" (user, assistant or system) and a "content"' },
    ]);
  });
}

/** A rendered pack, part by part; `system` is empty if the pack has none. */
export interface PackParts {
  system: string;
  turns: Message[];
  last: string;
}

/**
 * Renders a pack.
 * @throws AppError `pack_variables_invalid` naming each variable; `pack_template_failed` with template and
 * position
 */
export function renderParts(pack: Pack, input: Values): PackParts {
  const problems = variableProblems(pack.file.variables, input);
  if (problems.length) throw refuse(pack, problems);
  const values = withNulls(pack.file.variables, input);
  return {
    system: fill(pack, pack.system, values),
    turns: turnsOf(pack, values),
    last: fill(pack, pack.template, values),
  };
}

/**
 * The messages of a pack: the system message if there is one, the turns, the last message.
 * @throws as `renderParts`
 */
export function renderPack(pack: Pack, input: Values): Message[] {
  const { system, turns, last } = renderParts(pack, input);
  return [...systemMessage(system), ...turns, { role: 'user', content: last }];
}

export function systemMessage(text: string): Message[] {
  return text ? [{ role: 'system', content: text }] : [];
}
