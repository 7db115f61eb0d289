/** A JSON pointer (RFC 6901) of these steps: `/messages/0/content`. */
export function jsonPointer(...steps: (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
