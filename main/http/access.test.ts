import { describe, expect, test } from 'vitest';
import { isLoopbackHost } from '../core/app/server/access-rules.ts';
import { accessFrom } from './access.ts';

describe('a server open to the network', () => {
  for (const host of [
    '0.0.0.0',
    '::',
    '[::]',
    '192.168.1.7',
    'studio.local',
    '127.0.0.1.nip.io',
    '127.1',
    '',
  ]) {
    test(`"${host}" does not start without a token`, () => {
      expect(() => accessFrom({}, host, false)).toThrow('COMFYVN_LLM_TOKEN');
      expect(accessFrom({ COMFYVN_LLM_TOKEN: 'x'.repeat(16) }, host, false).token).toHaveLength(16);
    });
  }

  test('a token that could be guessed is refused, on loopback too', () => {
    expect(() => accessFrom({ COMFYVN_LLM_TOKEN: 'x'.repeat(15) }, '0.0.0.0', false)).toThrow('16');
    expect(() => accessFrom({ COMFYVN_LLM_TOKEN: 'short' }, '127.0.0.1', false)).toThrow('16');
  });

  test('a blank token is none', () => {
    expect(() => accessFrom({ COMFYVN_LLM_TOKEN: ' '.repeat(20) }, '0.0.0.0', false)).toThrow(
      'COMFYVN_LLM_TOKEN',
    );
  });

  test('the refusal of a short token does not repeat it', () => {
    expect(() => accessFrom({ COMFYVN_LLM_TOKEN: 'hunter2' }, '0.0.0.0', false)).toThrow(/^((?!hunter2).)*$/);
  });
});

test('loopback needs no token', () => {
  for (const host of ['127.0.0.1', '127.8.9.1', 'localhost', 'LocalHost', '::1', '[::1]']) {
    expect(isLoopbackHost(host), host).toBe(true);
    expect(accessFrom({}, host, false).token).toBeNull();
  }
});
