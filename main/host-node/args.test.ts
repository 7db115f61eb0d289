import { expect, test } from 'vitest';
import { serveOptions } from './args.ts';

const saved = { server_port: 8123, server_host: '0.0.0.0' };
const env = { COMFYVN_LLM_PORT: '8200', COMFYVN_LLM_HOST: 'localhost' };
const token = { COMFYVN_LLM_TOKEN: 'a-token-of-some-length' };

test('the port’s precedence is flag, environment variable, saved setting, default', () => {
  expect(serveOptions(['--port', '8300'], env, saved).port).toEqual({ value: 8300, source: 'flag' });
  expect(serveOptions([], env, saved).port).toEqual({ value: 8200, source: 'environment' });
  expect(serveOptions([], {}, saved).port).toEqual({ value: 8123, source: 'settings' });
  expect(serveOptions([], {}).port).toEqual({ value: 8000, source: 'default' });
});

test('a saved public address applies only while a token is set', () => {
  expect(serveOptions([], {}, saved).host).toEqual({ value: '127.0.0.1', source: 'default' });
  expect(serveOptions([], { COMFYVN_LLM_TOKEN: 'short' }, saved).host.value).toBe('127.0.0.1');
  expect(serveOptions([], token, saved).host).toEqual({ value: '0.0.0.0', source: 'settings' });
  expect(serveOptions([], { ...env, ...token }, saved).host).toEqual({
    value: 'localhost',
    source: 'environment',
  });
});
