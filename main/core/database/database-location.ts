import { join } from 'node:path';
import type { Env } from '../lib/host/ports.ts';
import type { Redactor } from '../lib/redact.ts';

/** Where the database is, and its name for display. */
export type DatabaseLocation =
  | { kind: 'sqlite'; file: string; shown: string }
  | { kind: 'postgres'; url: string; shown: string };

const variable = 'COMFYVN_LLM_DATABASE_URL';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Redacts the password in either spelling, and the whole address, from all later messages. */
function hide(url: URL, text: string, redactor: Redactor): void {
  redactor.add(text);
  for (const secret of [url.password, url.searchParams.get('password') ?? '']) {
    redactor.add(secret);
    redactor.add(decoded(secret));
  }
}

/**
 * `data/llm.db` under the runtime root, unless a PostgreSQL address is set; an invalid address is never
 * opened.
 */
export function locationOf(env: Env, runtimeRoot: string, redactor: Redactor): DatabaseLocation {
  const text = env[variable]?.trim();
  if (!text) {
    const file = join(runtimeRoot, 'data', 'llm.db');
    return { kind: 'sqlite', file, shown: file };
  }
  redactor.add(env['PGPASSWORD']);
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    redactor.add(text);
  }
  if (!url || !/^postgres(ql)?:$/.test(url.protocol))
    return { kind: 'postgres', url: '', shown: `the one ${variable} names` };
  hide(url, text, redactor);
  return { kind: 'postgres', url: text, shown: `postgres://${url.host}${url.pathname}` };
}
