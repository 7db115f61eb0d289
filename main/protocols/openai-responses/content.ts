import type { JsonObject } from '../define.ts';
import { imagePart, textPart, type Part } from '../shared/message-list.ts';
import type { Reader } from '../shared/reader.ts';

/** The content of a message or of a tool's output: a text, or a list of parts. */
export function readContent(content: unknown, path: string, reader: Reader): Part[] {
  if (typeof content === 'string') return [textPart(content)];
  return (reader.list(content, path) ?? []).map((part, index) => {
    const location = `${path}[${index}]`;
    return readPart(reader.needObject(part, location), location, reader);
  });
}

/** Annotations and log probabilities are metadata of an earlier reply, and not meant for the model. */
const carried = [
  'type',
  'text',
  'refusal',
  'annotations',
  'logprobs',
  'image_url',
  'detail',
  'file_id',
  'file_url',
  'file_data',
  'filename',
];

function readPart(part: JsonObject, path: string, reader: Reader): Part {
  const type = reader.needString(part['type'], `${path}.type`);
  reader.others(part, carried, path);
  switch (type) {
    case 'input_text':
    case 'output_text':
    case 'text':
    case 'summary_text':
    case 'reasoning_text':
      return textPart(reader.needString(part['text'], `${path}.text`));
    case 'refusal':
      return textPart(reader.needString(part['refusal'], `${path}.refusal`));
    case 'input_image':
      return image(part, path, reader);
    case 'input_file':
      return file(part, path, reader);
    default:
      return reader.refuse(
        `${path}.type`,
        `a part of type "${type}" cannot be carried: send text, an image or a PDF`,
      );
  }
}

function image(part: JsonObject, path: string, reader: Reader): Part {
  if (typeof part['file_id'] === 'string') {
    reader.refuse(
      `${path}.file_id`,
      'uploaded files are not reachable from here: give `image_url`, a data: URL too',
    );
  }
  const detail = reader.string(part['detail'], `${path}.detail`);
  const url = reader.needString(part['image_url'], `${path}.image_url`);
  return imagePart(url, detail === 'auto' ? undefined : detail);
}

function file(part: JsonObject, path: string, reader: Reader): Part {
  for (const name of ['file_id', 'file_url']) {
    if (typeof part[name] === 'string') {
      reader.refuse(`${path}.${name}`, 'the file has to be in the request: give `file_data`, a data: URL');
    }
  }
  const filename = reader.string(part['filename'], `${path}.filename`);
  const data = reader.needString(part['file_data'], `${path}.file_data`);
  return { type: 'file', file: { ...(filename === undefined ? {} : { filename }), file_data: data } };
}
