import {
  startUpstream,
  type Answer,
  type Upstream,
  type UpstreamRequest,
} from '../../__fixtures__/upstream.ts';

/** A line in a request. */
export interface NumberedLine {
  id: number;
  text: string;
  speaker: string | null;
}

/** Reads the requested lines from a request's last message. */
export function askedLines(request: Pick<UpstreamRequest, 'json'>): NumberedLine[] {
  const { messages } = request.json() as { messages: { role: string; content: string }[] };
  const content = messages.at(-1)?.content ?? '';
  const [, after = content] = /(?:^|\n)Translate:\n([^]*)$/.exec(content) ?? [];
  let speaker: string | null = null;
  return after.split('\n').flatMap((line) => {
    if (line.startsWith('#')) speaker = line.slice(1) === '-' ? null : line.slice(1);
    const [, id, text = ''] = /^(\d+)\|(.*)$/.exec(line) ?? [];
    return id === undefined ? [] : [{ id: Number(id), text, speaker }];
  });
}

/** A translation that contains its source. */
export const translated = (text: string) => `訳 ${text}`;

/** The model's reply text for these lines. */
export const replyText = (lines: readonly NumberedLine[], translate = translated) =>
  JSON.stringify({ lines: lines.map(({ id, text }) => `${id}|${translate(text)}`) });

/** OpenAI's reply with this text; its tokens depend on the length. */
export function reply(content: string, finish = 'stop'): Answer {
  const usage = { prompt_tokens: 100, completion_tokens: Math.ceil(content.length / 4) + 1, total_tokens: 0 };
  usage.total_tokens = usage.prompt_tokens + usage.completion_tokens;
  const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }];
  return { body: { id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'any', choices, usage } };
}

/** A model on loopback that answers line by line; `bad` may return another answer for a request. */
export function lineUpstream(
  bad: (lines: NumberedLine[], n: number, request: UpstreamRequest) => Answer | undefined = () => undefined,
  translate = translated,
): Promise<Upstream> {
  return startUpstream((request, n) => {
    const lines = askedLines(request);
    return bad(lines, n, request) ?? reply(replyText(lines, translate));
  });
}
