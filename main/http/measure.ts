import type { Metrics } from '../core/app/metrics/metrics.ts';

const methods = new Set(['GET', 'POST', 'DELETE', 'OPTIONS']);

/** A route of the table as a label: its parameters as `:name`, without their patterns. */
function labelOf(route: string | undefined): string {
  if (route === undefined) return 'other';
  if (route.startsWith('/rpc/')) return '/rpc';
  return route.replace(/\{[^}]*\}/g, '');
}

/** Counts one request whose answer is over. */
export function measure(
  metrics: Metrics,
  method: string,
  route: string | undefined,
  status: number,
  ms: number,
): void {
  metrics.request(methods.has(method) ? method : 'other', labelOf(route), status, ms);
}
