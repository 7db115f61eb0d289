/** What an address asks for. */
export interface GeminiTarget {
  model: string;
  stream: boolean;
}

const methods = new Map([
  ['generateContent', false],
  ['streamGenerateContent', true],
]);

/**
 * `MODEL:METHOD` from the end of the address, percent-decoded. A model's id may have colons of its own
 * (`module:vn_chat`), and slashes. null for a method that is not served.
 */
export function readTarget(target: string): GeminiTarget | null {
  const colon = target.lastIndexOf(':');
  const stream = methods.get(target.slice(colon + 1));
  if (colon < 1 || stream === undefined) return null;
  return { model: target.slice(0, colon), stream };
}
