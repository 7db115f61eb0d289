import { AppError } from '../../core/lib/app-error.ts';
import { readTarget, type GeminiMethod, type GeminiTarget } from '../../protocols/gemini-generate/target.ts';
import { chatProtocols } from '../../protocols/protocols.ts';
import { answerThrown } from '../answer.ts';
import type { HttpCall, Serve } from '../http-call.ts';
import { geminiCountTokens } from './count-tokens.ts';
import { geminiBatchEmbed, geminiEmbed } from './embeddings.ts';
import { notServed } from './not-served.ts';
import { chatServer } from './serve-chat.ts';

function targetOf({ params, path }: HttpCall): GeminiTarget {
  const target = readTarget(params['target'] ?? '');
  if (target) return target;
  throw new AppError('unknown_route', `there is no ${path.slice(0, 200)}; ${notServed(path) ?? ''}`);
}

const modelOf = (call: HttpCall) => targetOf(call).model;

const generate = chatServer(chatProtocols.geminiGenerate, {
  address(call) {
    const { model, stream } = targetOf(call);
    return { model, stream };
  },
});

const servers: Record<GeminiMethod, Serve> = {
  generateContent: generate,
  streamGenerateContent: generate,
  countTokens: geminiCountTokens(modelOf),
  embedContent: geminiEmbed(modelOf),
  batchEmbedContents: geminiBatchEmbed(modelOf),
};

/** `POST /v1beta/models/{model}:{method}` */
export const geminiMethods: Serve = (call) => {
  try {
    return servers[targetOf(call).method](call);
  } catch (error) {
    answerThrown(call, error, 'http');
  }
};
