import { expect, test } from 'vitest';
import { openItemIn } from './server-page.ts';

test('an address without a page, or with an unknown one, opens the first page', () => {
  expect(openItemIn([])).toEqual({ page: 'state' });
  expect(openItemIn(['nothing'])).toEqual({ page: 'state' });
  expect(openItemIn(['endpoint'])).toEqual({ page: 'state' });
  expect(openItemIn(['log'])).toEqual({ page: 'log' });
  expect(openItemIn(['endpoint', 'GET /health'])).toEqual({ endpoint: 'GET /health' });
});
