import { expect, test } from 'vitest';
import { testCore } from '../__fixtures__/test-core.ts';
import { foldModuleName } from './module-name.ts';

test('case, spaces and hyphens are ignored, and two short names are known', () => {
  const folded = {
    'VN Chat': 'vn_chat',
    'vn-chat': 'vn_chat',
    ' POV  rewrite ': 'pov_rewrite',
    CHAT: 'vn_chat',
    battle: 'battle_narration',
    Battle_Narration: 'battle_narration',
    translate: 'translate',
  };
  for (const [name, module] of Object.entries(folded)) expect(foldModuleName(name), name).toBe(module);
});

test('a module is found by any of its names, in `module` and in `model`', async () => {
  const { ask } = testCore();
  const messages = [{ role: 'user', content: 'hi' }];
  for (const name of ['VN Chat', 'chat', 'vn-chat']) {
    for (const choice of [{ module: name }, { model: `module:${name}` }])
      expect(await ask('chat.send', { ...choice, messages, dry_run: true })).toMatchObject({
        module: 'vn_chat',
        preset: 'vn-chat-11-openai-gpt-6.1-terra',
      });
  }
});

test('an unknown module is a 404 with the list and the closest name; the defaults are not used instead', async () => {
  const { refusal } = testCore();
  const error = await refusal('chat.send', {
    module: 'narator',
    messages: [{ role: 'user', content: 'hi' }],
  });
  expect(error).toMatchObject({
    code: 'unknown_module',
    message: expect.stringContaining('did you mean "narrator"'),
  });
  expect(error.details?.['known']).toEqual(expect.arrayContaining(['narrator', 'vn_chat', 'translate']));
  for (const module of ['__proto__', 'constructor', ''])
    expect((await refusal('chat.send', { module, messages: [{ role: 'user', content: 'hi' }] })).code).toBe(
      'unknown_module',
    );
});
