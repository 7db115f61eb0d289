import type { JsonObject } from '../define.ts';
import { dataUrl, imagePart, textPart, type Part } from '../shared/message-list.ts';
import type { Reader } from '../shared/reader.ts';
import { camelKeys } from './camel-keys.ts';

const audioFormats = new Map([
  ['audio/wav', 'wav'],
  ['audio/x-wav', 'wav'],
  ['audio/mp3', 'mp3'],
  ['audio/mpeg', 'mp3'],
]);

/** Converts a text or media part to a neutral part. Calls and their results are read elsewhere. */
export function mediaPart(part: JsonObject, path: string, reader: Reader): Part {
  if (part['text'] !== undefined) return textPart(reader.needString(part['text'], `${path}.text`));
  const inline = reader.object(part['inlineData'], `${path}.inlineData`);
  if (inline) return inlinePart(camelKeys(inline), `${path}.inlineData`, reader);
  const file = reader.object(part['fileData'], `${path}.fileData`);
  if (file) return filePart(camelKeys(file), `${path}.fileData`, reader);
  const [kind = 'an empty part'] = Object.keys(part);
  return reader.refuse(path, `a part with \`${kind}\` cannot be carried: send text, images, audio or a PDF`);
}

function inlinePart(blob: JsonObject, path: string, reader: Reader): Part {
  const type = reader.needString(blob['mimeType'], `${path}.mimeType`).toLowerCase();
  const data = reader.needString(blob['data'], `${path}.data`);
  if (type.startsWith('image/')) return imagePart(dataUrl(type, data));
  const format = audioFormats.get(type);
  if (format !== undefined) return { type: 'input_audio', input_audio: { data, format } };
  if (type === 'application/pdf') {
    return { type: 'file', file: { filename: 'document.pdf', file_data: dataUrl(type, data) } };
  }
  return reader.refuse(
    `${path}.mimeType`,
    `"${type}" cannot be carried: send an image, WAV or MP3 audio, or a PDF`,
  );
}

/** Only Google can fetch files that were uploaded to it. A web URL works at every provider. */
function filePart(file: JsonObject, path: string, reader: Reader): Part {
  const uri = reader.needString(file['fileUri'], `${path}.fileUri`);
  const type = reader.string(file['mimeType'], `${path}.mimeType`) ?? '';
  const isUpload = !/^https?:\/\//.test(uri) || uri.includes('generativelanguage.googleapis.com');
  if (isUpload)
    reader.refuse(`${path}.fileUri`, 'uploaded files are not reachable from here: send `inlineData`');
  if (type.startsWith('image/') || /\.(?:png|jpe?g|webp|gif)(?:[?#]|$)/i.test(uri)) return imagePart(uri);
  return reader.refuse(`${path}.mimeType`, 'only images can be given by address: send `inlineData`');
}
