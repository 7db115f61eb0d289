import type { z } from 'zod';
import { valueTypes, type CodedText } from '../../../contract/coded-texts.ts';
import { fieldRuleNames, fieldRules, type FieldRule } from '../../../contract/field-rules.ts';
import { codedText } from './coded-text.ts';

type FileProblem = CodedText<'file_problem'>;
type ValueType = (typeof valueTypes)[number];

/** zod's own names of types, in the words of JSON Schema. */
const typeNames: Partial<Record<string, ValueType>> = {
  ...Object.fromEntries(valueTypes.map((type) => [type, type])),
  int: 'integer',
  record: 'object',
};

function typeText(expected: string, isMissing: boolean): FileProblem | undefined {
  const type = typeNames[expected];
  if (type === undefined) return undefined;
  return isMissing
    ? codedText('file_problem', 'required', { expected: type }, `required (${type})`)
    : codedText('file_problem', 'wrong_type', { expected: type }, `${type} expected`);
}

function choiceText(options: readonly unknown[]): FileProblem {
  const values = options.map((value) => JSON.stringify(value)).join(', ');
  return codedText('file_problem', 'one_of', { values }, `expected one of ${values}`);
}

const limits: Partial<Record<string, 'value' | 'characters' | 'items'>> = {
  number: 'value',
  int: 'value',
  string: 'characters',
  array: 'items',
};

function limitText(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): FileProblem | undefined {
  const limited = limits[issue.origin];
  if (limited === undefined || issue.exact) return undefined;
  const bound = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum);
  const inclusive = issue.inclusive ?? true;
  const unit = limited === 'value' ? '' : ` ${bound === 1 ? limited.slice(0, -1) : limited}`;
  const values = { limited, bound, inclusive };
  return issue.code === 'too_small'
    ? codedText(
        'file_problem',
        'too_small',
        values,
        `${inclusive ? 'at least' : 'more than'} ${bound}${unit}`,
      )
    : codedText('file_problem', 'too_big', values, `${inclusive ? 'at most' : 'less than'} ${bound}${unit}`);
}

const ruleText = (rule: FieldRule) => codedText('file_problem', 'rule', { rule }, fieldRules[rule]);

const formatRules: Partial<Record<string, FieldRule>> = { date: 'date', datetime: 'time', base64: 'base64' };

function formText(options: readonly unknown[] | undefined, isMissing: boolean): FileProblem {
  if (options?.length) return choiceText(options);
  return isMissing
    ? codedText('file_problem', 'required', { expected: null }, 'required')
    : codedText('file_problem', 'no_such_form', {}, 'has none of the allowed forms');
}

/**
 * What is wrong with an input, for the author of the request or file: zod's messages are for programmers.
 * undefined for what no schema of ours checks.
 */
export function issueText(issue: z.core.$ZodIssue, isMissing: boolean): FileProblem | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeText(issue.expected, isMissing);
    case 'invalid_value':
      return choiceText(issue.values);
    case 'too_small':
    case 'too_big':
      return limitText(issue);
    case 'invalid_format': {
      const rule = formatRules[issue.format];
      return rule && ruleText(rule);
    }
    case 'invalid_union':
      return formText('options' in issue ? issue.options : undefined, isMissing);
    case 'invalid_key':
      return codedText('file_problem', 'name_refused', {}, 'this name is not allowed');
    default:
      return undefined;
  }
}

/** The text of an issue that zod has reported; undefined if its message is not one of ours. */
export function textOfIssue(issue: z.core.$ZodIssue): FileProblem | undefined {
  const rule = fieldRuleNames.find((name) => fieldRules[name] === issue.message);
  if (rule) return ruleText(rule);
  // The issue no longer has the input, but its message says whether there was one.
  return [true, false]
    .map((isMissing) => issueText(issue, isMissing))
    .find((text) => text?.message === issue.message);
}
