import type { AccessSource } from '../../../../contract/server-access.ts';

/** The flag or variable that sets the value, if there is one: the panel then only shows it. */
export function fixedBy(source: AccessSource, flag: string, variable: string): string | null {
  if (source === 'flag') return flag;
  return source === 'environment' ? variable : null;
}
