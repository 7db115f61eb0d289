import { expect, test } from 'vitest';
import { openIn } from './server-page.ts';

test('an address without a page, or with an unknown one, opens the first page', () => {
  expect(openIn([])).toEqual({ page: 'state' });
  expect(openIn(['nothing'])).toEqual({ page: 'state' });
  expect(openIn(['endpoint'])).toEqual({ page: 'state' });
  expect(openIn(['log'])).toEqual({ page: 'log' });
  expect(openIn(['endpoint', 'GET /health'])).toEqual({ endpoint: 'GET /health' });
});
