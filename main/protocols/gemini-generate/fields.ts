import type { FieldLists } from '../shared/field-lists.ts';

const geminiOnly = 'only Gemini has it';
const textOnly = 'replies are text here';
const noLogprobs = 'a translated reply has no log probabilities';

/**
 * In camelCase; like the API, we also accept snake_case. Source:
 * ai.google.dev/api/generate-content#request-body
 */
export const generateFields: FieldLists = {
  taken: [
    'contents',
    'systemInstruction',
    'generationConfig',
    'tools',
    'toolConfig',
    'cachedContent',
    'model',
    'comfyvn',
  ],
  native: {
    safetySettings: { why: 'the provider has its own filter' },
    serviceTier: { why: geminiOnly },
  },
  accepted: {
    labels: { why: 'calls are not labelled' },
    store: { why: 'the provider decides what it stores', unless: [false] },
  },
  refused: {},
};

/** Source: ai.google.dev/api/generate-content#generationconfig, and the official client's `GenerationConfig`. */
export const configFields: FieldLists = {
  taken: [
    'temperature',
    'topP',
    'topK',
    'maxOutputTokens',
    'stopSequences',
    'seed',
    'presencePenalty',
    'frequencyPenalty',
    'responseMimeType',
    'responseSchema',
    'responseJsonSchema',
    '_responseJsonSchema',
    'responseModalities',
    'thinkingConfig',
  ],
  native: {
    enableEnhancedCivicAnswers: { why: geminiOnly },
    mediaResolution: { why: geminiOnly },
  },
  accepted: {
    audioTimestamp: { why: geminiOnly },
    enableAffectiveDialog: { why: textOnly },
    modelSelectionConfig: { why: 'the model is the one that the address names' },
    routingConfig: { why: 'the model is the one that the address names' },
  },
  refused: {
    audioTranscriptionConfig: { why: textOnly },
    candidateCount: { why: 'one reply is made a request', unless: [1] },
    imageConfig: { why: textOnly },
    logprobs: { why: noLogprobs },
    responseFormat: { why: 'say the format by `responseMimeType` and `responseJsonSchema`' },
    responseLogprobs: { why: noLogprobs, unless: [false] },
    speechConfig: { why: textOnly },
    translationConfig: { why: textOnly },
  },
};

/** Fields of a function declaration. Source: ai.google.dev/api/caching#FunctionDeclaration */
export const declarationFields: FieldLists = {
  taken: ['name', 'description', 'parameters', 'parametersJsonSchema'],
  native: {},
  accepted: {
    behavior: { why: 'calls wait for their result', unless: ['BLOCKING'] },
    response: { why: 'a function’s result is not described to the model' },
    responseJsonSchema: { why: 'a function’s result is not described to the model' },
  },
  refused: {},
};
