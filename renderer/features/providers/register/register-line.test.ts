import { parse } from 'shell-quote';
import { expect, test } from 'vitest';
import { emptyRegistration, toRegistration } from './registration.ts';
import { registerLine } from './register-line.ts';

const form = { ...emptyRegistration, id: 'a', label: `Mira's "box" $HOME`, baseUrl: 'http://h/v1' };

function sentBy(line: string, env: Record<string, string> = {}): unknown {
  const args = parse(line.replaceAll('\\\n', ' '), env) as string[];
  return JSON.parse(args.at(-1) ?? '');
}

test('the command sends the same as the form, including quotes and dollar signs', () => {
  expect(sentBy(registerLine(form, 'http://127.0.0.1:8001', false))).toEqual(toRegistration(form));
});

test('the key in the command is a shell variable', () => {
  const line = registerLine(form, 'http://127.0.0.1:8001', true);
  expect(line).toContain('$API_KEY');
  expect(sentBy(line, { API_KEY: 'from-the-shell' })).toEqual(toRegistration(form, 'from-the-shell'));
});
