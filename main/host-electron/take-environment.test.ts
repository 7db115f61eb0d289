import { expect, test } from 'vitest';
import { takeEnvironment } from './take-environment.ts';

test('a key in a variable is read once, and is hidden from pages and child processes', () => {
  const keys = {
    COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: 'a',
    COMFYVN_LLM_OPENAI_KEY: 'b',
    OPENROUTER_API_KEY: 'c',
    OPENROUTER_API_KEY_2: 'c2',
    COMFYVN_LLM_OPENAI_KEY_9: 'b9',
    COMFYVN_LLM_TOKEN: 'd',
    COMFYVN_LLM_KEY_PASSPHRASE: 'e',
    COMFYVN_LLM_BOX_HEADERS: '{"authorization":"f"}',
    COMFYVN_LLM_DATABASE_URL: 'postgres://g',
    GITHUB_TOKEN: 'h',
  };
  const rest = {
    PATH: '/bin',
    DISPLAY: ':1',
    COMFYVN_LLM_PORT: '0',
    COMFYVN_RUNTIME_ROOT: '/root',
    PGHOST: 'db',
  };
  const env = { ...keys, ...rest };
  expect(takeEnvironment(env)).toEqual({ ...keys, ...rest });
  expect(env).toEqual(rest);
});
