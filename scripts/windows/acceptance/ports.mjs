import { ok } from 'node:assert/strict';

/** The default of `excluded-ports.cjs`. */
const excluded = { from: 7913, to: 8112 };

/** On a port that Windows has reserved, the server says what to do and suggests a port outside the range. */
export async function refusedPort(panel) {
  const { code, text } = await panel.serve(['excluded-ports.cjs'], 8000);
  ok(code === 1, `exit code ${code}: ${text}`);
  ok(text.includes('netsh interface ipv4 show excludedportrange protocol=tcp'), text);
  const free = Number(/\((\d+) is free\)/.exec(text)?.[1]);
  ok(free > excluded.to, text);
  ok(!/\n\s+at /.test(text), `a stack trace: ${text}`);
  return `${free} is offered`;
}
