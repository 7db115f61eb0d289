import { expect, it } from 'vitest';
import { withSystemText } from './schema-in-prompt.ts';

it("adds to the first system message without changing the caller's", () => {
  const messages = [
    { role: 'system' as const, content: 'Narrate.' },
    { role: 'user' as const, content: 'Go' },
  ];
  const put = withSystemText(messages, 'In JSON.');
  expect(put.messages[0]?.content).toBe('Narrate.\n\nIn JSON.');
  expect(messages[0]?.content).toBe('Narrate.');
});

it('adds a part where the content is a list', () => {
  const content = [{ type: 'text', text: 'Narrate.' }];
  const put = withSystemText([{ role: 'developer', content }], 'In JSON.');
  expect(put.to).toEqual([...content, { type: 'text', text: 'In JSON.' }]);
});

it('adds a message at the start where there is none to add to', () => {
  const put = withSystemText([{ role: 'user', content: 'Go' }], 'In JSON.');
  expect(put).toMatchObject({ index: 0, from: null, messages: [{ role: 'system' }, { role: 'user' }] });
});
