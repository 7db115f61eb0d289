import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { chatRequest } from '../../../contract/chat.ts';
import { modelRule, providerEntry } from '../../../contract/provider.ts';
import { packContent } from '../../../contract/user-pack.ts';
import type { AppError } from './app-error.ts';
import { fieldProblems, parseInput, useOurMessages } from './validation.ts';

const before = z.config().customError;
beforeAll(useOurMessages);
afterAll(() => void z.config({ customError: before }));

function problemOf(schema: z.ZodType, value: unknown) {
  const result = schema.safeParse(value);
  if (result.success) throw new Error('the value is valid');
  const [{ path, message, message_detail } = {}] = fieldProblems(result.error, schema);
  return { path, message, ...message_detail };
}

const field = (schema: z.ZodType, value?: unknown) =>
  problemOf(z.strictObject({ at: schema }), { at: value });

test.each([
  ['missing', z.string(), undefined, 'required (string)', 'required', { expected: 'string' }],
  ['another type', z.int(), 1.5, 'integer expected', 'wrong_type', { expected: 'integer' }],
  [
    'not an object',
    z.record(z.string(), z.string()),
    [],
    'object expected',
    'wrong_type',
    { expected: 'object' },
  ],
  ['a choice', z.enum(['a', 'b']), 'c', 'expected one of "a", "b"', 'one_of', { values: '"a", "b"' }],
  [
    'too low',
    z.number().min(2),
    1,
    'at least 2',
    'too_small',
    { limited: 'value', bound: 2, inclusive: true },
  ],
  [
    'zero',
    z.number().positive(),
    0,
    'more than 0',
    'too_small',
    { limited: 'value', bound: 0, inclusive: false },
  ],
  [
    'too high',
    z.number().max(0.5),
    1,
    'at most 0.5',
    'too_big',
    { limited: 'value', bound: 0.5, inclusive: true },
  ],
  [
    'too short',
    z.string().min(1),
    '',
    'at least 1 character',
    'too_small',
    { limited: 'characters', bound: 1, inclusive: true },
  ],
  [
    'too many',
    z.array(z.string()).max(2),
    ['', '', ''],
    'at most 2 items',
    'too_big',
    { limited: 'items', bound: 2, inclusive: true },
  ],
  ['a day', z.iso.date(), '1.2.2026', 'a date as YYYY-MM-DD', 'rule', { rule: 'date' }],
  [
    'a union',
    z.union([z.string(), z.array(z.string())]),
    3,
    'has none of the allowed forms',
    'no_such_form',
    {},
  ],
  ['a missing union', z.union([z.string(), z.null()]), undefined, 'required', 'required', { expected: null }],
])('%s: the message and its code', (_title, schema, value, message, code, values) => {
  expect(field(schema, value)).toEqual({ path: 'at', message, code, values });
});

test('an unknown variant is refused with the names of the variants', () => {
  const { path, code, values } = problemOf(modelRule, { rule: 'rang' });
  expect({ path, code }).toEqual({ path: 'rule', code: 'one_of' });
  expect(values?.['values']).toMatch(/^"range", "not_together", /);
});

test('a rule of a schema has its code, and a refused name as well', () => {
  expect(problemOf(providerEntry.pick({ name: true }), { name: 'a b' })).toMatchObject({
    code: 'rule',
    values: { rule: 'provider_name' },
  });
  expect(problemOf(packContent.pick({ samples: true }), { samples: { '../x': {} } })).toMatchObject({
    path: 'samples.../x',
    code: 'name_refused',
  });
});

test('a message that has no code is passed on in English', () => {
  const message = 'must rhyme';
  expect(
    field(
      z.string().refine(() => false, message),
      'x',
    ),
  ).toMatchObject({
    message,
    code: 'refused_value',
    values: { message },
  });
});

test('the error of a request names each invalid field with its code', () => {
  const thrown = (() => {
    try {
      return parseInput(chatRequest, { messages: [], retries: 9, nonsense: 1 });
    } catch (error) {
      return error as AppError;
    }
  })() as AppError;
  expect(thrown.message).toBe('messages: at least one message; retries: at most 5; unknown field "nonsense"');
  expect(thrown.details?.['fields']).toMatchObject([
    { path: 'messages', message_detail: { code: 'rule', values: { rule: 'has_message' } } },
    { path: 'retries', message_detail: { code: 'too_big', values: { bound: 5 } } },
    { path: 'nonsense', message_detail: { code: 'unknown_field' } },
  ]);
});
