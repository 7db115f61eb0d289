import type { Message } from '../../../contract/chat.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { toParts } from '../shared/parts.ts';

const api = 'Ollama';

/**
 * A message's text, and its images as bare base64. Ollama fetches nothing, so an image URL is dropped.
 * Source: https://docs.ollama.com/capabilities/vision
 */
export function wireContent(
  message: Message,
  index: number,
  path: string,
  report: ParameterReport,
): { text: string; images: string[] } {
  const texts: string[] = [];
  const images: string[] = [];
  toParts(message.content).forEach((part, partIndex) => {
    const name = `messages[${index}].content[${partIndex}]`;
    if (part.kind === 'text') return texts.push(part.text);
    if (part.kind === 'other')
      return report.lose(
        name,
        reason(
          'part_not_carried',
          { api, type: part.type },
          `Ollama takes text and images, not "${part.type}"`,
        ),
      );
    if (part.detail !== undefined)
      report.lose(
        `${name}.image_url.detail`,
        reason('no_such_feature', { api, feature: 'detail_levels' }, 'Ollama has no detail levels'),
      );
    if ('base64' in part.source) return images.push(part.source.base64);
    return report.lose(
      name,
      reason(
        'image_as_data_url',
        { api },
        'Ollama fetches no addresses: give the image as a base64 data: URL',
      ),
    );
  });
  const text = texts.join('\n');
  if (texts.length > 1)
    report.rewrite(
      `${path}/content`,
      texts,
      text,
      reason('one_text', { api }, 'Ollama takes one text a message'),
    );
  return { text, images };
}
