import type { JsonObject } from '../define.ts';
import { dataUrl, imagePart, textPart, type Part } from '../shared/message-list.ts';
import { isObject, type Reader } from '../shared/reader.ts';

/**
 * Converts a list of content blocks, or a text, to neutral parts. Calls, results and thinking are read
 * elsewhere.
 */
export function readBlocks(content: unknown, path: string, reader: Reader): Part[] {
  if (typeof content === 'string') return [textPart(content)];
  return (reader.list(content, path) ?? []).flatMap((block, index) => {
    const location = `${path}[${index}]`;
    return readBlock(reader.needObject(block, location), location, reader);
  });
}

/** The fields of a block that other providers support. */
const carried = new Map([
  ['text', ['type', 'text', 'cache_control']],
  ['image', ['type', 'source', 'cache_control']],
  ['document', ['type', 'source', 'title', 'cache_control']],
  ['search_result', ['type', 'content', 'source', 'title', 'cache_control']],
]);

/**
 * Converts one block to neutral parts; a kind that only Anthropic supports is sent to it unchanged.
 * @throws ProtocolError at other providers
 */
export function readBlock(block: JsonObject, path: string, reader: Reader): Part[] {
  const type = reader.needString(block['type'], `${path}.type`);
  const fields = carried.get(type);
  if (fields && !reader.isNative) reader.others(block, fields, path);
  switch (type) {
    case 'text':
      reader.needString(block['text'], `${path}.text`);
      if (reader.isNative) return [block as Part];
      cacheMark(block, reader);
      return [textPart(String(block['text']))];
    case 'image':
      if (reader.isNative && !isPlainImage(block)) return [block as Part];
      return [{ ...image(block, path, reader), ...cacheMark(block, reader) }];
    case 'document':
      if (reader.isNative) return [block as Part];
      cacheMark(block, reader);
      return [document(block, path, reader)];
    case 'search_result':
      if (reader.isNative) return [block as Part];
      return [textPart(searchResult(block, path, reader))];
    default:
      if (reader.isNative) return [block as Part];
      return reader.refuse(`${path}.type`, `a block of type "${type}" cannot be carried to this provider`);
  }
}

/** A prompt cache mark. It has no effect on the reply, so it is omitted for other providers. */
export function cacheMark(block: JsonObject, reader: Reader): JsonObject {
  if (!isObject(block['cache_control'])) return {};
  if (reader.isNative) return { cache_control: block['cache_control'] };
  reader.warn('`cache_control` has no effect: caching is left to the provider');
  return {};
}

/** True for an image that the neutral chat can express, so that its cost is known before sending. */
function isPlainImage(block: JsonObject): boolean {
  const { source } = block;
  const isGiven = isObject(source) && (source['type'] === 'base64' || source['type'] === 'url');
  return isGiven && Object.keys(block).every((name) => carried.get('image')?.includes(name));
}

function image(block: JsonObject, path: string, reader: Reader): Part {
  const source = reader.needObject(block['source'], `${path}.source`);
  if (source['type'] === 'base64') return imagePart(base64Url(source, `${path}.source`, reader));
  if (source['type'] === 'url') return imagePart(reader.needString(source['url'], `${path}.source.url`));
  return reader.refuse(
    `${path}.source.type`,
    'uploaded files are not reachable from here: give "base64" or "url"',
  );
}

function document(block: JsonObject, path: string, reader: Reader): Part {
  const source = reader.needObject(block['source'], `${path}.source`);
  const title = reader.string(block['title'], `${path}.title`);
  if (source['type'] === 'text') {
    const text = reader.needString(source['data'], `${path}.source.data`);
    return textPart(title === undefined ? text : `${title}\n\n${text}`);
  }
  if (source['type'] === 'base64') {
    return {
      type: 'file',
      file: { filename: title ?? 'document.pdf', file_data: base64Url(source, `${path}.source`, reader) },
    };
  }
  return reader.refuse(
    `${path}.source.type`,
    'the document has to be in the request: give "base64" or "text"',
  );
}

function base64Url(source: JsonObject, path: string, reader: Reader): string {
  return dataUrl(
    reader.needString(source['media_type'], `${path}.media_type`),
    reader.needString(source['data'], `${path}.data`),
  );
}

function searchResult(block: JsonObject, path: string, reader: Reader): string {
  const texts = readBlocks(block['content'], `${path}.content`, reader).map((part) =>
    String(part['text'] ?? ''),
  );
  const head = [block['title'], block['source']].filter((entry) => typeof entry === 'string');
  return [head.join(' — '), ...texts].join('\n');
}
