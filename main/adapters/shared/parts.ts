import { isObject, obj, str } from './read.ts';

/** An image by URL (https), or as base64 bytes (a data: URL). */
export type ImageSource = { url: string } | { mediaType: string; base64: string };

/** One part of a message's content; `other` is a kind that only some protocols support (audio, files). */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'image'; source: ImageSource; url: string; detail?: string }
  | { kind: 'other'; type: string; value: unknown };

/**
 * Converts a neutral message's content (string, list of OpenAI content parts, or nothing) to a list of parts.
 */
export function toParts(content: unknown): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  return Array.isArray(content) ? content.map(toPart) : [];
}

/** The text of a message's content, with parts joined by `separator`. */
export function textOf(content: unknown, separator = ''): string {
  if (typeof content === 'string') return content;
  return toParts(content)
    .flatMap((part) => (part.kind === 'text' ? [part.text] : []))
    .join(separator);
}

function toPart(value: unknown): Part {
  if (typeof value === 'string') return { kind: 'text', text: value };
  const part = obj(value);
  const text = str(part.text);
  if (part.type === 'text' && text !== undefined) return { kind: 'text', text };
  const url = str(part.image_url) ?? str(obj(part.image_url).url);
  if (part.type === 'image_url' && url !== undefined) {
    const detail = isObject(part.image_url) ? str(part.image_url.detail) : undefined;
    return { kind: 'image', source: imageSource(url), url, ...(detail === undefined ? {} : { detail }) };
  }
  return { kind: 'other', type: str(part.type) ?? 'unknown', value };
}

function imageSource(url: string): ImageSource {
  return parseDataUrl(url) ?? { url };
}

/** Parses a base64 data: URL (RFC 2397); undefined for any other URL. */
export function parseDataUrl(url: string): { mediaType: string; base64: string } | undefined {
  const match = /^data:([^;,]*)((?:;[^;,]*)*);base64,/i.exec(url);
  if (!match) return undefined;
  return { mediaType: match[1] || 'text/plain', base64: url.slice(match[0].length) };
}
