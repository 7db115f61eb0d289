import { expect, test } from 'vitest';
import type { WirePlan } from '../../../contract/plan.ts';
import { powershellText } from '../../../contract/powershell.ts';
import { fetchCode, powershellCode, pythonCode } from './code-for.ts';

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

/** The literal after a name, parsed as both languages parse it. */
function literalAfter(code: string, name: string): unknown {
  const line = code.split('\n').find((one) => one.trim().startsWith(name));
  return JSON.parse((line ?? '').trim().slice(name.length).replace(/,$/, ''));
}

test('the code has the exact body that is sent', () => {
  expect(literalAfter(fetchCode(plan), 'body: ')).toBe(JSON.stringify(body));
  expect(literalAfter(pythonCode(plan), 'body = ')).toBe(JSON.stringify(body));
});

/**
 * Parses a PowerShell string as its tokenizer does: a doubled quotation mark of any shape is one, a single
 * one ends the string.
 */
function readPowershell(code: string): string {
  let text = '';
  for (let at = 1; at < code.length; at++) {
    const isMark = /['\u2018-\u201b]/.test(code[at] ?? '');
    if (isMark && !/['\u2018-\u201b]/.test(code[at + 1] ?? '')) return text;
    text += code[at];
    if (isMark) at++;
  }
  throw new Error('the text does not end');
}

test('PowerShell code has the exact body too, with any quotation marks', () => {
  const reported = { messages: [{ role: 'user', content: `‘don’t’ it's \u201a \u201b $HOME \`n "x" \n😀` }] };
  const code = powershellCode({ ...plan, body: reported });
  const [first = ''] = code.split('\n');
  expect(first.startsWith('$body = [Text.Encoding]::UTF8.GetBytes(')).toBe(true);
  expect(readPowershell(first.slice(first.indexOf('(') + 1))).toBe(JSON.stringify(reported));
  expect(powershellText("a'b")).toBe("'a''b'");
});

test('PowerShell sets the content type and user agent as parameters, as 5.1 requires', () => {
  const code = powershellCode({ ...plan, headers: { ...plan.headers, 'User-Agent': 'panel/1' } });
  expect(code).toContain("-UserAgent 'panel/1'");
  expect(code.toLowerCase()).not.toContain("'user-agent'");
  expect(code).toContain("-ContentType 'application/json' -UserAgent");
  expect(code.toLowerCase().split('content-type')).toHaveLength(1);
  expect(code).toContain("-Method POST -Uri 'http://127.0.0.1:9/v1/chat/completions' `\n");
});

test('the key comes from the variable, and no part of it is in the code', () => {
  expect(fetchCode(plan)).toContain('"authorization": "Bearer " + process.env.SOME_API_KEY,');
  expect(pythonCode(plan)).toContain('"authorization": "Bearer " + os.environ["SOME_API_KEY"],');
  expect(powershellCode(plan)).toContain("'authorization' = 'Bearer ' + $env:SOME_API_KEY");
  for (const code of [fetchCode(plan), pythonCode(plan), powershellCode(plan)])
    expect(code).not.toContain('last');
});
