import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import type { Part } from '../shared/parts.ts';

const typeByEnding = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['webp', 'image/webp'],
  ['heic', 'image/heic'],
  ['heif', 'image/heif'],
  ['gif', 'image/gif'],
]);

/**
 * A data: URL becomes `inlineData`; any other URL becomes `fileData`, which Gemini fetches itself. Its media
 * type is derived from the URL's extension, and omitted if that is unknown. Sources:
 * https://ai.google.dev/gemini-api/docs/image-understanding, .../docs/file-input-methods
 */
export function imagePart(
  image: Extract<Part, { kind: 'image' }>,
  name: string,
  report: ParameterReport,
): JsonObject[] {
  if (image.detail !== undefined)
    report.lose(
      `${name}.image_url.detail`,
      reason(
        'use_instead',
        { api: 'Gemini', param: 'detail', instead: 'media_resolution' },
        'Gemini has media_resolution instead',
      ),
    );
  const { source } = image;
  if ('base64' in source) return [{ inlineData: { mimeType: source.mediaType, data: source.base64 } }];
  if (source.url.startsWith('data:')) {
    report.lose(name, reason('data_url_not_base64', {}, 'a data: URL has to be base64'));
    return [];
  }
  const mimeType = typeByEnding.get(/\.(\w+)(?:[?#].*)?$/.exec(source.url)?.[1]?.toLowerCase() ?? '');
  return [{ fileData: { ...(mimeType === undefined ? {} : { mimeType }), fileUri: source.url } }];
}
