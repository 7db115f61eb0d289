import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../../lib/files/read-json.ts';
import { replaceFile } from '../../lib/files/replace-file.ts';
import { originOf } from '../../net/origin.ts';
import type { Provider } from '../model/model.ts';

const check = z.object({
  /** Where the list was fetched from; it says nothing about another server. */
  origin: z.string(),
  source: z.string(),
  as_of: z.iso.date(),
  /** Those of our model ids that the list contained. */
  found: z.array(z.string()),
});
const checksFile = z.object({ version: z.literal(1), providers: z.record(z.string(), check) });

/** When a provider's model list was last fetched, and which of our models it contained. */
export type ModelCheck = z.infer<typeof check>;
export type ModelChecks = ReadonlyMap<string, ModelCheck>;

const maxFileBytes = 16 * 1024 * 1024;

function checksPath(runtimeRoot: string): string {
  return join(runtimeRoot, 'data', 'model-checks.json');
}

/**
 * The stored checks; empty if the file is missing or invalid, because they only provide a date to display.
 */
export function loadModelChecks(runtimeRoot: string): Map<string, ModelCheck> {
  const read = readJson(checksPath(runtimeRoot), maxFileBytes);
  const parsed = read.found && 'value' in read ? checksFile.safeParse(read.value) : undefined;
  return new Map(Object.entries(parsed?.data?.providers ?? {}));
}

/** @throws AppError `file_unreadable` if it cannot be written */
export async function saveModelChecks(runtimeRoot: string, checks: ModelChecks): Promise<void> {
  const file = { version: 1, providers: Object.fromEntries(checks) };
  await replaceFile(checksPath(runtimeRoot), `${JSON.stringify(file, null, 1)}\n`, { fsync: false });
}

/**
 * The day on which the provider's list last contained a model; null if it never did, or if the address has
 * changed.
 */
export function checkOf(checks: ModelChecks, provider: Provider, id: string): ModelCheck | null {
  const found = checks.get(provider.name);
  if (!found || found.origin !== originOf(provider.base) || !found.found.includes(id)) return null;
  return found;
}
