import { dataUrl, imagePart, type Part } from '../shared/message-list.ts';
import type { Reader } from '../shared/reader.ts';

/** The first base64 characters of each image format. */
const beginnings: [string, string][] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['Qk', 'image/bmp'],
];

/**
 * Converts images in bare base64 to parts; Ollama's protocol has no media type, so it is detected from the
 * bytes.
 */
export function readImages(images: unknown, path: string, reader: Reader): Part[] {
  return (reader.list(images, path) ?? []).map((entry, index) => {
    const data = reader.needString(entry, `${path}[${index}]`);
    if (data.startsWith('data:')) return imagePart(data);
    const type = beginnings.find(([beginning]) => data.startsWith(beginning))?.[1];
    return imagePart(
      dataUrl(type ?? reader.fail(`${path}[${index}]`, 'is no PNG, JPEG, GIF, WebP or BMP in base64'), data),
    );
  });
}
