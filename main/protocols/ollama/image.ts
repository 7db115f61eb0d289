import { dataUrl, imagePart, type Part } from '../shared/message-list.ts';
import type { Reader } from '../shared/reader.ts';

/** How the base64 of each format's first bytes begins. */
const beginnings: [string, string][] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['Qk', 'image/bmp'],
];

/** Images in bare base64 as parts; Ollama's protocol names no type, so the bytes have to tell. */
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
