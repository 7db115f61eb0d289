/** Fields of `generationConfig`. Source: https://ai.google.dev/api/generate-content#generationconfig */
export const configFields = new Set([
  'temperature',
  'topP',
  'topK',
  'maxOutputTokens',
  'stopSequences',
  'seed',
  'presencePenalty',
  'frequencyPenalty',
  'candidateCount',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  'responseModalities',
  'responseLogprobs',
  'logprobs',
  'enableEnhancedCivicAnswers',
  'speechConfig',
  'thinkingConfig',
  'imageConfig',
  'mediaResolution',
  'audioTranscriptionConfig',
  'translationConfig',
]);

/** Fields of `generationConfig.thinkingConfig`, taken without their wrapping too. */
export const thinkingFields = new Set(['thinkingLevel', 'thinkingBudget', 'includeThoughts']);

/** Fields beside `contents`; `tools` and `systemInstruction` are put by others. */
export const bodyFields = new Set(['safetySettings', 'cachedContent', 'toolConfig', 'serviceTier']);

/** OpenAI's names for what Gemini has under another. */
const neutral = new Map([
  ['max_tokens', 'maxOutputTokens'],
  ['max_completion_tokens', 'maxOutputTokens'],
  ['stop', 'stopSequences'],
  ['n', 'candidateCount'],
  ['top_logprobs', 'logprobs'],
  ['reasoning_effort', 'thinkingLevel'],
]);

/** `responseMimeType` for `response_mime_type`; a name that is camelCase already stays. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Where in the body a parameter goes, by any of its spellings; undefined when Gemini has no place for it. */
export function locationOf(name: string, value: unknown): string[] | undefined {
  if (name === 'response_format') return undefined;
  if (name === 'reasoning_effort' && value === 'none') return undefined;
  if (name === 'logprobs' && typeof value === 'boolean') return ['generationConfig', 'responseLogprobs'];
  const own = neutral.get(name) ?? camelCase(name);
  if (thinkingFields.has(own)) return ['generationConfig', 'thinkingConfig', own];
  if (configFields.has(own)) return ['generationConfig', own];
  return bodyFields.has(own) ? [own] : undefined;
}
