import type { Plan } from './plan.ts';

/**
 * The headers of the live call, including the credential: alternating names and values. A plan's own headers
 * do not contain it.
 */
export function headersWithKey({ adapter: { auth }, headers, key }: Plan): string[] {
  const list: string[] = [];
  for (const name in headers) if (!key || name !== auth?.header) list.push(name, headers[name] as string);
  if (auth && key) list.push(auth.header, auth.prefix + key.key);
  return list;
}
