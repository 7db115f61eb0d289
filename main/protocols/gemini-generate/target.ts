/** The supported methods of a model in Gemini's API. */
const methods = [
  'generateContent',
  'streamGenerateContent',
  'countTokens',
  'embedContent',
  'batchEmbedContents',
] as const;

export type GeminiMethod = (typeof methods)[number];

/** What a URL requests. */
export interface GeminiTarget {
  model: string;
  method: GeminiMethod;
  stream: boolean;
}

/**
 * Parses `MODEL:METHOD` from the end of the URL, percent-decoded. A model's id may contain colons
 * (`module:vn_chat`) and slashes. null for an unsupported method.
 */
export function readTarget(target: string): GeminiTarget | null {
  const colon = target.lastIndexOf(':');
  const method = methods.find((one) => one === target.slice(colon + 1));
  if (colon < 1 || method === undefined) return null;
  return { model: target.slice(0, colon), method, stream: method === 'streamGenerateContent' };
}
