import { isDeepStrictEqual } from 'node:util';
import type { Message } from '../../../contract/chat.ts';
import type { PackRequest } from '../../../contract/prompt-pack.ts';
import type { ChatCall } from '../chat/resolve/merge-options.ts';
import type { Pack } from './pack.ts';
import { renderPack } from './render-pack.ts';

/** Converts every `id|text` to `id|~text~`: an offline translation that shows where each line went. */
function offlineLines(lines: unknown): string | undefined {
  if (!Array.isArray(lines)) return undefined;
  const answered = lines.flatMap((line) => {
    const [, id, text] = /^(\d+)\|([^]*)$/.exec(String(line)) ?? [];
    return id === undefined ? [] : [`${id}|~${text}~`];
  });
  return JSON.stringify({ lines: answered });
}

/** The sample's own reply, if the pack is rendered with one of its samples: it is the best offline reply. */
function sampleReply({ samples, schema }: Pack, variables: Record<string, unknown>): string | undefined {
  const filled = samples.find(
    ({ reply, variables: of }) => reply !== undefined && isDeepStrictEqual(of, variables),
  );
  if (!filled) return undefined;
  return schema || typeof filled.reply !== 'string' ? JSON.stringify(filled.reply) : filled.reply;
}

/** The pack's own offline reply; a caller's own schema is satisfied as without a pack. */
function offlineReplyOf(
  pack: Pack,
  variables: Record<string, unknown>,
  ownSchema: boolean,
): string | undefined {
  const { mock_lines: lines } = pack.file;
  if (lines !== undefined) return offlineLines(variables[lines]);
  return ownSchema ? sampleReply(pack, variables) : undefined;
}

export interface Prepared {
  pack: Pack;
  messages: Message[];
  call: ChatCall;
}

/**
 * The parts of a chat with the pack: messages, schema and options, overridden by the caller's.
 * @param hasModule whether the registry knows the pack's module: a user's pack may have none
 * @throws AppError `pack_variables_invalid`, `pack_template_failed`
 */
export function preparePack(pack: Pack, hasModule: boolean, request: PackRequest): Prepared {
  const { module: _module, variables = {}, send: _send, ...fields } = request;
  const messages = renderPack(pack, variables);
  const schema = fields.schema === undefined && pack.schema ? { schema: pack.schema } : {};
  const sender = pack.file.presets_of ?? (hasModule ? pack.file.module : undefined);
  const named = sender === undefined ? {} : { module: sender };
  const offlineReply = offlineReplyOf(pack, variables, fields.schema === undefined);
  const offline = offlineReply === undefined ? {} : { offlineReply };
  return {
    pack,
    messages,
    call: {
      ...fields,
      ...named,
      messages,
      ...schema,
      ...offline,
      packOptions: pack.file.options,
      pack: { module: pack.file.module, variables },
    },
  };
}
