import type { CodedText } from '../../../contract/coded-texts.ts';
import type { PackCheck } from '../../../contract/pack-check.ts';
import type { PackProblem } from '../../../contract/user-pack.ts';
import { codedText } from '../lib/coded-text.ts';
import { refusedValue } from '../lib/validation.ts';
import { packProblem } from './files/pack-problem.ts';
import { AppError } from '../lib/app-error.ts';
import { checkReply } from '../chat/plan/reply-schema.ts';
import { isObject } from '../lib/json.ts';
import { neededVariables, runChecks } from './checks/run-checks.ts';
import type { Pack } from './pack.ts';
import { renderPack } from './render-pack.ts';
import { valueProblem, withNulls } from './variables.ts';

type Text = CodedText<'file_problem'>;
const inPack = (path: string, text: Text): PackProblem => packProblem('pack.json', path, text);
const twice = (name: string): Text =>
  codedText('file_problem', 'name_twice', { name }, `"${name}" stands twice`);
const notArray = (name: string): Text =>
  codedText('file_problem', 'not_array', { name }, `"${name}" is no variable of type array`);
const noVariable = (name: string, message: string): Text =>
  codedText('file_problem', 'no_variable', { name }, message);
const noField = (field: string): Text =>
  codedText('file_problem', 'no_reply_field', { field }, `the reply has no "${field}"`);
const rootOf = (path: string): string => /^[\w$]*/.exec(path)?.[0] ?? '';

function repeated(names: string[]): string[] {
  return names.filter((name, i) => names.indexOf(name) !== i);
}

function* variableFaults({ file }: Pack): Generator<PackProblem> {
  const { variables, turns } = file;
  for (const name of repeated(variables.map((v) => v.name))) yield inPack('variables', twice(name));
  for (const [i, variable] of variables.entries()) {
    const wrong = valueProblem(variable, variable.sample);
    if (wrong)
      yield {
        file: 'pack.json',
        ...refusedValue(`variables[${i}].sample`, `${wrong.path}: ${wrong.message}`),
      };
  }
  if (turns !== undefined && variables.find((v) => v.name === turns)?.type !== 'array')
    yield inPack('turns', notArray(turns));
}

function* templateFaults({ file, system, template }: Pack): Generator<PackProblem> {
  const known = file.variables.map((v) => v.name);
  for (const [name, { compiled }] of [
    ['system.md', system],
    ['template.md', template],
  ] as const)
    for (const { name: read, line, column } of compiled.uses)
      if (!known.includes(read))
        yield packProblem(name, '', noVariable(read, `"${read}" is no variable of this pack`), {
          line,
          column,
        });
}

function locationsOf(check: PackCheck): string[] {
  const at = 'at' in check ? [check.at].flat() : [];
  return check.kind === 'same' ? [...at, check.as] : at;
}

function* checkFaults({ file, schema }: Pack): Generator<PackProblem> {
  const known = file.variables.map((v) => v.name);
  const fields = schema && isObject(schema['properties']) ? Object.keys(schema['properties']) : [];
  for (const id of repeated(file.checks.map((c) => c.id)))
    yield inPack(
      'checks',
      codedText('file_problem', 'name_twice', { name: id }, `the id "${id}" stands twice`),
    );
  for (const [i, check] of file.checks.entries()) {
    const asked = [...neededVariables(check), ...(check.when ? [check.when.variable] : [])];
    for (const path of asked)
      if (!known.includes(rootOf(path)))
        yield inPack(`checks[${i}]`, noVariable(rootOf(path), `"${rootOf(path)}" is no variable`));
    for (const path of locationsOf(check))
      if (path !== '' && !fields.includes(rootOf(path))) yield inPack(`checks[${i}]`, noField(rootOf(path)));
  }
}

/** A reply as a model would send it: text unchanged, anything else as JSON. */
const wireText = (reply: unknown) => (typeof reply === 'string' ? reply : JSON.stringify(reply));

function* sampleFaults(pack: Pack): Generator<PackProblem> {
  for (const { name, variables, reply } of pack.samples) {
    const file = `samples/${name}.json`;
    try {
      renderPack(pack, variables);
    } catch (error) {
      yield { file, ...refusedValue('variables', (error as Error).message) };
      // A template that takes too long with one sample would do so with the next.
      if (error instanceof AppError && error.code === 'pack_template_failed') return;
      continue;
    }
    if (reply === undefined) continue;
    const fit = pack.schema ? checkReply(pack.schema, wireText(reply)) : { fits: true as const };
    if (!fit.fits) yield { file, ...refusedValue('reply', fit.problems.join('; ')) };
    const input = { reply, variables: withNulls(pack.file.variables, variables) };
    for (const { id, ok, message } of runChecks(pack.file.checks, input))
      if (!ok) yield { file, ...refusedValue('reply', `${id}: ${message}`) };
  }
}

/** Problems inside a pack whose files can be read: names that do not exist, samples that fail. */
export function packFaults(pack: Pack): PackProblem[] {
  const named = [...variableFaults(pack), ...templateFaults(pack), ...checkFaults(pack)];
  // Otherwise the samples would only report the same problems again.
  return named.length ? named : [...sampleFaults(pack)];
}
