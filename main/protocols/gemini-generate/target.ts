/** Methods of a model in Gemini's API that are served. */
const methods = [
  'generateContent',
  'streamGenerateContent',
  'countTokens',
  'embedContent',
  'batchEmbedContents',
] as const;

export type GeminiMethod = (typeof methods)[number];

/** What an address asks for. */
export interface GeminiTarget {
  model: string;
  method: GeminiMethod;
  stream: boolean;
}

/**
 * `MODEL:METHOD` from the end of the address, percent-decoded. A model's id may have colons of its own
 * (`module:vn_chat`), and slashes. null for a method that is not served.
 */
export function readTarget(target: string): GeminiTarget | null {
  const colon = target.lastIndexOf(':');
  const method = methods.find((one) => one === target.slice(colon + 1));
  if (colon < 1 || method === undefined) return null;
  return { model: target.slice(0, colon), method, stream: method === 'streamGenerateContent' };
}
