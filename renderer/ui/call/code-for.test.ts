import { expect, test } from 'vitest';
import type { WirePlan } from '../../../contract/plan.ts';
import { fetchCode, pythonCode } from './code-for.ts';

const body = {
  messages: [{ role: 'user', content: 'It\'s "quoted" \\ \u2028 ☃ 😀 $HOME\n`x`' }],
  temperature: 0.5,
};
const plan: WirePlan = {
  method: 'POST',
  url: 'http://127.0.0.1:9/v1/chat/completions',
  headers: { 'content-type': 'application/json', authorization: 'Bearer ••••last' },
  body,
  bytes: 0,
  sha256: '',
  curl: '',
  credentials: { authorization: 'Bearer $SOME_API_KEY' },
};

/** The literal behind a name, read as both languages read it. */
function literalAfter(code: string, name: string): unknown {
  const line = code.split('\n').find((one) => one.trim().startsWith(name));
  return JSON.parse((line ?? '').trim().slice(name.length).replace(/,$/, ''));
}

test('the body in the code is the very text that is sent, whatever is in it', () => {
  expect(literalAfter(fetchCode(plan), 'body: ')).toBe(JSON.stringify(body));
  expect(literalAfter(pythonCode(plan), 'body = ')).toBe(JSON.stringify(body));
});

test('the key comes from the variable; not even its last characters are in the code', () => {
  expect(fetchCode(plan)).toContain('"authorization": "Bearer " + process.env.SOME_API_KEY,');
  expect(pythonCode(plan)).toContain('"authorization": "Bearer " + os.environ["SOME_API_KEY"],');
  for (const code of [fetchCode(plan), pythonCode(plan)]) expect(code).not.toContain('last');
});
