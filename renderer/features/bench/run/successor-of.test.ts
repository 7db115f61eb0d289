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

test('the preset that replaces a dead one keeps the module, so that its schema still holds', () => {
  expect(successorOf(retired({ successor: 'm2', successor_preset: 'new' }), target, 'p')?.target).toEqual({
    ...target,
    preset: 'new',
  });
});

test('without a preset the named model is asked for at the same provider, not at the stub', () => {
  expect(successorOf(retired({ successor: 'm2', successor_preset: null }), target, 'p')?.target).toEqual({
    module: 'narrator',
    provider: 'p',
    model: 'm2',
    preset: null,
  });
});

test('no successor, or another failure, offers no button', () => {
  expect(successorOf(retired({ successor: null }), target, 'p')).toBeNull();
  expect(successorOf({ ...retired({ successor: 'm' }), code: 'missing_key' }, target, 'p')).toBeNull();
});
