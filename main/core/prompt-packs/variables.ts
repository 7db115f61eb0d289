import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { PackVariable } from '../../../contract/prompt-pack.ts';
import { suggest } from '../lib/suggest.ts';
import type { FieldProblem } from '../lib/validation.ts';

export type Values = Record<string, unknown>;

// One instance for all packs: their shapes have no patterns or references, and were checked when the pack was
// read.
const ajv = new Ajv2020({ strict: false, logger: false, meta: false, validateSchema: false });
const validators = new WeakMap<PackVariable, ValidateFunction>();

function validatorOf(variable: PackVariable): ValidateFunction {
  const known = validators.get(variable);
  if (known) return known;
  const schema = { ...variable.schema, type: variable.type };
  const validate = ajv.compile(schema);
  // ajv would cache it forever, but packs are read again with every change.
  ajv.removeSchema(schema);
  validators.set(variable, validate);
  return validate;
}

/** Converts `/0/id` of a JSON pointer to `[0].id`. */
function dotted(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  return parts
    .map((part) =>
      /^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`,
    )
    .join('');
}

/** What is wrong with one value; null if it is valid. */
export function valueProblem(variable: PackVariable, value: unknown): FieldProblem | null {
  const validate = validatorOf(variable);
  if (validate(value)) return null;
  const error = validate.errors?.[0];
  const allowed = error?.keyword === 'enum' ? `: ${JSON.stringify(error.params['allowedValues'])}` : '';
  return {
    path: `${variable.name}${dotted(error?.instancePath ?? '')}`,
    message: `${error?.message ?? 'does not fit'}${allowed}`,
  };
}

/** Every missing, unknown and mistyped variable, by name. An optional one may be missing or null. */
export function variableProblems(variables: readonly PackVariable[], values: Values): FieldProblem[] {
  const names = variables.map((variable) => variable.name);
  const unknown = Object.keys(values).filter((name) => !names.includes(name));
  return [
    ...variables.flatMap((variable) => {
      const { name, required, type } = variable;
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value !== undefined && (value !== null || required)) return valueProblem(variable, value) ?? [];
      return required ? [{ path: name, message: `missing (${type})` }] : [];
    }),
    ...unknown.map((name) => {
      const near = suggest(name, names);
      return {
        path: name,
        message: `this pack has no such variable${near ? `; did you mean "${near}"?` : ''}`,
      };
    }),
  ];
}

/** All of a pack's variables, null for missing ones, because a template may read any of them. */
export function withNulls(variables: readonly PackVariable[], values: Values): Values {
  return Object.fromEntries(
    variables.map(({ name }) => [name, Object.hasOwn(values, name) ? (values[name] ?? null) : null]),
  );
}
