import { expect, test } from 'vitest';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import { successorOf } from './successor-of.ts';

const retired = (details: Record<string, unknown>): ErrorInfo => ({
  code: 'model_retired',
  message: '',
  request_id: '',
  details,
});
const target = { module: 'narrator', provider: null, model: null, preset: 'old' };

test('the replacement of a retired preset keeps the module, so that its schema still applies', () => {
  expect(successorOf(retired({ successor: 'm2', successor_preset: 'new' }), target, 'p')?.target).toEqual({
    ...target,
    preset: 'new',
  });
});

test('without a preset the named model is requested from the same provider', () => {
  expect(successorOf(retired({ successor: 'm2', successor_preset: null }), target, 'p')?.target).toEqual({
    module: 'narrator',
    provider: 'p',
    model: 'm2',
    preset: null,
  });
});

test('without a successor, or for another failure, there is no button', () => {
  expect(successorOf(retired({ successor: null }), target, 'p')).toBeNull();
  expect(successorOf({ ...retired({ successor: 'm' }), code: 'missing_key' }, target, 'p')).toBeNull();
});
