import { expect, test } from 'vitest';
import { comfyvnEntry } from './comfyvn-entry.ts';

test('an entry that names another path than the adapter posts to', () => {
  expect(JSON.parse(comfyvnEntry('proxy', 'http://127.0.0.1:8000'))).toEqual({
    name: 'llm_panel',
    adapter: 'proxy',
    base: 'http://127.0.0.1:8000/api/llm',
  });
  expect(JSON.parse(comfyvnEntry('openai_compat', 'http://127.0.0.1:8123')).base).toBe(
    'http://127.0.0.1:8123/v1',
  );
});

test('an entry with an address that nothing can connect to', () => {
  expect(comfyvnEntry('proxy', 'http://0.0.0.0:8000')).toContain('http://127.0.0.1:8000/');
  expect(comfyvnEntry('proxy', 'http://[::]:8000')).toContain('http://[::1]:8000/');
});
