import type { AccessSource } from '../../../../contract/server-access.ts';

/** The flag or variable that decides, where one does: then the panel only shows the value. */
export function fixedBy(source: AccessSource, flag: string, variable: string): string | null {
  if (source === 'flag') return flag;
  return source === 'environment' ? variable : null;
}
