import { expect, test } from 'vitest';
import type { Target } from '../../../state/target.ts';
import { chatInput, planInput } from './chat-input.ts';
import { newMessage } from './drafts.ts';

const input = {
  draft: [newMessage('system', ' '), newMessage('user', 'Hello')],
};
const target = (part: Partial<Target>): Target => ({
  module: 'narrator',
  provider: null,
  model: null,
  preset: null,
  ...part,
});
const hello = { role: 'user', content: 'Hello' };

test('an empty input is not sent as an empty message', () => {
  expect(chatInput(target({}), input)).toEqual({ module: 'narrator', messages: [hello] });
});

test('a provider takes precedence over a preset, and a preset over a model', () => {
  expect(chatInput(target({ provider: 'p', model: 'm', preset: 'x' }), input)).not.toHaveProperty('preset');
  expect(chatInput(target({ model: 'm', preset: 'x' }), input)).toEqual({
    module: 'narrator',
    preset: 'x',
    messages: [hello],
  });
});

test('if the stub answers, the plan is for the module’s own model', () => {
  expect(planInput(target({ provider: 'stub', model: 'stub-echo' }), input)).toEqual({
    module: 'narrator',
    messages: [hello],
    stream: true,
    dry_run: true,
  });
  expect(planInput(target({ module: null, provider: 'stub' }), input)).toMatchObject({ provider: 'stub' });
});

test('a rendered pack goes to the pack operation, with its settings', () => {
  const pack = { variables: { line: 'x' }, overrides: { params: { temperature: 0 } } };
  expect(chatInput(target({}), pack)).toEqual({
    module: 'narrator',
    variables: { line: 'x' },
    send: true,
    params: { temperature: 0 },
  });
});
