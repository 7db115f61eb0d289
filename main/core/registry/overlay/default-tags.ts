import type { ListedFacts } from '../../../../contract/model-sync.ts';

/** Lists mix in what does not chat; their own names are all that most of them tell. */
const others: [RegExp, string][] = [
  [/embed/i, 'embedding'],
  [/rerank/i, 'rerank'],
  [/moderation/i, 'moderation'],
  [/whisper|transcri|[-_/]tts|tts[-_]|realtime|[-_]audio/i, 'audio'],
  [/dall-e|[-_/]image|sora/i, 'image'],
];

/** Tags of a model that only the provider's list has: at least one, `chat` unless its id says something else. */
export function defaultTags(id: string, { supported_parameters = [] }: ListedFacts): string[] {
  const other = others.find(([pattern]) => pattern.test(id))?.[1];
  const json =
    supported_parameters.includes('structured_outputs') || supported_parameters.includes('response_format');
  return [
    other ?? 'chat',
    ...(json ? ['json'] : []),
    ...(supported_parameters.includes('tools') ? ['tools'] : []),
  ];
}
