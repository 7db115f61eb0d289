import type { Answer, Received } from './upstream.ts';
import { completion, jsonOf } from './upstream-answers.ts';

/** A line of a translation request. */
export interface NumberedLine {
  id: number;
  text: string;
}

/** The lines of a request, read from its last message. */
export function askedLines(received: Received): NumberedLine[] {
  const { messages } = jsonOf(received) as { messages: { content: string }[] };
  const content = messages.at(-1)?.content ?? '';
  const [, after = content] = /(?:^|\n)Translate:\n([^]*)$/.exec(content) ?? [];
  return after.split('\n').flatMap((line) => {
    const [, id, text = ''] = /^(\d+)\|(.*)$/.exec(line) ?? [];
    return id === undefined ? [] : [{ id: Number(id), text }];
  });
}

/** A translation that contains its source line. */
export const translated = (text: string) => `訳「${text}」`;

/** A model that translates line by line, in the form that the pack asks for. */
export function answerLines(translate: (text: string) => string = translated): Answer {
  return (response, received) => {
    const lines = askedLines(received).map(({ id, text }) => `${id}|${translate(text)}`);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(completion(JSON.stringify({ lines }))));
  };
}
