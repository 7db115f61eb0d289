import type { Message } from '../../../contract/chat.ts';
import type { PackRequest } from '../../../contract/prompt-pack.ts';
import type { ChatCall } from '../chat/merge-options.ts';
import type { Pack } from './pack.ts';
import { renderPack } from './render-pack.ts';

export interface Prepared {
  pack: Pack;
  messages: Message[];
  call: ChatCall;
}

/**
 * What a chat with the pack is made of: its messages, its schema and its options, under whatever the caller set.
 * @param hasModule whether the registry knows the pack's module: a user's pack may be for none
 * @throws AppError `pack_variables_invalid`, `pack_template_failed`
 */
export function preparePack(pack: Pack, hasModule: boolean, request: PackRequest): Prepared {
  const { module: _module, variables = {}, send: _send, ...fields } = request;
  const messages = renderPack(pack, variables);
  const schema = fields.schema === undefined && pack.schema ? { schema: pack.schema } : {};
  const named = hasModule ? { module: pack.file.module } : {};
  return {
    pack,
    messages,
    call: { ...fields, ...named, messages, ...schema, packOptions: pack.file.options },
  };
}
