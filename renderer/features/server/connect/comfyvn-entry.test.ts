import { expect, test } from 'vitest';
import { comfyvnEntry } from './comfyvn-entry.ts';

test('the entry’s base is the path that its adapter posts to', () => {
  expect(JSON.parse(comfyvnEntry('proxy', 'http://127.0.0.1:8000'))).toEqual({
    name: 'llm_panel',
    adapter: 'proxy',
    base: 'http://127.0.0.1:8000/api/llm',
  });
  expect(JSON.parse(comfyvnEntry('openai_compat', 'http://127.0.0.1:8123')).base).toBe(
    'http://127.0.0.1:8123/v1',
  );
});

test('the entry names loopback where the server listens on all addresses', () => {
  expect(comfyvnEntry('proxy', 'http://0.0.0.0:8000')).toContain('http://127.0.0.1:8000/');
  expect(comfyvnEntry('proxy', 'http://[::]:8000')).toContain('http://[::1]:8000/');
});
