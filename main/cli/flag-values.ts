import { InvalidArgumentError } from 'commander';

/** Examples at the end of a command's help. */
export const examples = (...lines: string[]) =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;

export const json = ['--json', 'for scripts: JSON in place of tables'] as const;

/** For options that may be repeated. */
export const collect = (text: string, before: string[] = []) => [...before, text];

/** @throws InvalidArgumentError unless it is an amount in USD */
export const dollars = (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('it is an amount in USD, such as 0.50.');
  return value;
};

/** @throws InvalidArgumentError unless it is a whole number within these bounds */
export const integer = (least: number, max: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > max)
    throw new InvalidArgumentError(`it is a whole number from ${least} to ${max}.`);
  return value;
};
