import type { JsonObject, NeutralChat, Target, ProviderRequest } from '../define.ts';
import { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { percentEncode } from '../shared/percent-encode.ts';
import { withUserTurn } from '../shared/user-turn.ts';
import { contentsOf } from './contents.ts';
import { notCarried, putParams } from './params.ts';
import { completeMimeType, putSchema } from './schema.ts';
import { systemParts } from './system.ts';
import { putTools } from './tools.ts';

/**
 * The request for `generateContent`, or `streamGenerateContent` as server-sent events. No secret in the URL.
 */
export function toRequest(chat: NeutralChat, target: Target): ProviderRequest {
  const report = new ParameterReport(chat.params);
  const messages = withUserTurn(chat.messages, '/contents', report);
  const system = systemParts(messages, report);
  const contents = contentsOf(messages, target, report);
  const body: JsonObject = {};
  const schema = putSchema(chat, target, body, report);
  if (schema.instruction !== undefined) {
    const why = reason(
      'schema_in_system_text',
      { mode: null },
      'the schema travels in the system text, since structured_output says so',
    );
    report.rewrite(`/systemInstruction/parts/${system.length}`, null, { text: schema.instruction }, why);
    system.push({ text: schema.instruction });
  }
  putTools(schema.tool, target, body, report);
  putParams(body, report);
  completeMimeType(body, report);
  return {
    method: 'POST',
    path: `/${modelPath(target.model)}:${chat.stream ? 'streamGenerateContent' : 'generateContent'}`,
    query: chat.stream ? { alt: 'sse' } : {},
    headers: {},
    body: { ...(system.length > 0 ? { systemInstruction: { parts: system } } : {}), contents, ...body },
    ...report.close(notCarried),
  };
}

/** Tuned models have their own collection; a listed name may include its `models/` prefix. */
function modelPath(model: string): string {
  const named = /^(models|tunedModels)\/./.test(model) ? model : `models/${model}`;
  return named.split('/').map(percentEncode).join('/');
}
