import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { parseDataUrl } from '../shared/parts.ts';
import { isObject, obj, str } from '../shared/read.ts';

/** A content list's source (`messages[2].content`) and target (`/messages/1/content`). */
export interface Position {
  from: string;
  to: string;
}

/** OpenAI content parts without an equivalent block in this protocol. */
const notCarried = new Map<string, Reason>([
  [
    'input_audio',
    reason('no_audio', {}, 'no model of this protocol takes audio: send its transcript as text'),
  ],
  ['refusal', reason('refusal_as_text', {}, 'a refusal has no block in this protocol: send it as text')],
]);

/**
 * Converts OpenAI content parts to blocks; the protocol's own blocks (`document`, `thinking`, …) stay
 * unchanged.
 */
export function wireBlocks(content: unknown[], location: Position, report: ParameterReport): unknown[] {
  const blocks: unknown[] = [];
  content.forEach((part, index) => {
    const from = `${location.from}[${index}]`;
    if (isEmptyText(part)) {
      report.rewrite(
        location.to,
        from,
        null,
        reason('empty_text', {}, 'this protocol refuses empty text blocks: left out'),
      );
      return;
    }
    const block = wireBlock(part, { from, to: `${location.to}/${blocks.length}` }, report);
    if (block !== undefined) blocks.push(block);
  });
  return blocks;
}

function isEmptyText(part: unknown): boolean {
  return part === '' || (obj(part).type === 'text' && obj(part).text === '');
}

function wireBlock(part: unknown, location: Position, report: ParameterReport): unknown {
  if (typeof part === 'string') return { type: 'text', text: part };
  const { type, ...fields } = obj(part);
  if (type === 'image_url') return imageBlock(fields, location, report);
  if (type === 'file' && isObject(fields.file)) return documentBlock(fields, location, report);
  const why = notCarried.get(str(type) ?? '');
  if (why === undefined) return part;
  report.lose(location.from, why);
  return undefined;
}

/** Base64 for a data: URL, else the URL, which Anthropic fetches itself. */
function imageBlock(
  { image_url, ...rest }: JsonObject,
  location: Position,
  report: ParameterReport,
): JsonObject {
  const image = isObject(image_url) ? image_url : { url: image_url };
  if (image.detail !== undefined) {
    report.lose(
      `${location.from}.image_url.detail`,
      reason('no_image_detail', {}, 'this protocol has no detail: scale the image before sending it'),
    );
  }
  const data = parseDataUrl(str(image.url) ?? '');
  const source = data
    ? { type: 'base64', media_type: data.mediaType, data: data.base64 }
    : { type: 'url', url: image.url };
  report.rewrite(
    `${location.to}/type`,
    'image_url',
    'image',
    reason('own_form', { api: 'Anthropic' }, 'this protocol’s block for an image'),
  );
  return { type: 'image', source, ...rest };
}

/** OpenAI's `file` part: PDFs become a block; another provider's file ids mean nothing here. */
function documentBlock(
  { file, ...rest }: JsonObject,
  location: Position,
  report: ParameterReport,
): JsonObject | undefined {
  const { file_data, filename } = obj(file);
  const data = parseDataUrl(str(file_data) ?? '');
  if (data?.mediaType !== 'application/pdf') {
    report.lose(
      location.from,
      reason(
        'pdf_only',
        {},
        'only a PDF as a data: URL can be carried: use a `document` block for anything else',
      ),
    );
    return undefined;
  }
  report.rewrite(
    `${location.to}/type`,
    'file',
    'document',
    reason('own_form', { api: 'Anthropic' }, 'this protocol’s block for a file'),
  );
  const source = { type: 'base64', media_type: data.mediaType, data: data.base64 };
  return { type: 'document', source, ...(filename === undefined ? {} : { title: filename }), ...rest };
}
