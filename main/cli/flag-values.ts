import { InvalidArgumentError } from 'commander';

/** The examples at the end of a command's help. */
export const examples = (...lines: string[]) =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;

export const json = ['--json', 'print JSON instead of tables, for scripts'] as const;

/** For options that may be repeated. */
export const collect = (text: string, before: string[] = []) => [...before, text];

/** @throws InvalidArgumentError if it is not an amount in USD */
export const dollars = (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('Use an amount in USD, such as 0.50.');
  return value;
};

/** @throws InvalidArgumentError if it is not a whole number from `min` to `max` */
export const integer = (min: number, max: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new InvalidArgumentError(`Use a whole number from ${min} to ${max}.`);
  return value;
};
