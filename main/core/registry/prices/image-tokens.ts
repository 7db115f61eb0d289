/**
 * Maximum tokens billed for one image, by the vendor and the beginning of the model's id; the first match
 * counts. The values are for the vendor's largest size, because an image's own size is known only after
 * decoding.
 *
 * - OpenAI: tiles of 512 pixels (8 after scaling to 2048 by 768) or patches of 32 pixels, times the model's
 *   factor:
 *   https://platform.openai.com/docs/guides/images-vision
 * - Anthropic: width × height / 750 after scaling to 1568 pixels, 2576 for newer models:
 *   https://platform.claude.com/docs/en/build-with-claude/vision
 * - Gemini: 258 for each tile of 768 pixels after scaling to 3072, up to 2240 in the later families:
 *   https://ai.google.dev/gemini-api/docs/image-understanding
 */
const table: readonly (readonly [vendor: string, id: RegExp, tokens: number])[] = [
  ['openai', /^gpt-4o-mini/, 2833 + 8 * 5667],
  ['openai', /^(gpt-4o|gpt-4\.1$|gpt-4\.1-2|gpt-4\.5|gpt-4-turbo|chatgpt-4o)/, 85 + 8 * 170],
  ['openai', /^gpt-4\.1-nano/, Math.ceil(1536 * 2.46)],
  ['openai', /^(gpt-4\.1-mini|gpt-5-mini|o4-mini)/, Math.ceil(1536 * 1.72)],
  ['openai', /^gpt-5-nano/, Math.ceil(1536 * 2.46)],
  ['openai', /^(gpt-5(\.[0-3])?($|-)|o1|o3)/, 85 + 8 * 170],
  ['openai', /./, 12_000],
  ['anthropic', /./, 5000],
  ['google', /./, 5000],
];

/** For an unknown vendor: the highest of all values above. */
const unknownVendor = 2833 + 8 * 5667;

const vendorOf: Readonly<Record<string, string>> = {
  openai_public: 'openai',
  azure_openai: 'openai',
  anthropic_public: 'anthropic',
  google_gemini: 'google',
};

/**
 * @param factsFrom the built-in provider whose facts apply; OpenRouter names the vendor in the model's id
 * @param id the model's wire id
 */
export function maxImageTokens(factsFrom: string, id: string): number {
  const [prefix = '', rest] = id.includes('/') ? id.split('/', 2) : [];
  const vendor = vendorOf[factsFrom] ?? prefix;
  const model = rest ?? id;
  return table.find(([of, pattern]) => of === vendor && pattern.test(model))?.[2] ?? unknownVendor;
}
