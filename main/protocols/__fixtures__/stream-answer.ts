import type { Answer, ProtocolEvent, ReplyStream } from '../define.ts';

/** Splits a text into pieces of three characters without splitting surrogate pairs. */
function pieces(text: string): string[] {
  const letters = [...text];
  return letters.flatMap((_, index) => (index % 3 === 0 ? [letters.slice(index, index + 3).join('')] : []));
}

/** A stream of this answer up to its end, in pieces as a provider would send them. */
export function piecesOf(answer: Answer, stream: ReplyStream): ProtocolEvent[] {
  const { reply, reasoning, tool_calls: calls = [] } = answer.data;
  stream.start(answer, answer.dropped);
  const events = [
    ...pieces(reasoning ?? '').flatMap((piece) => stream.reasoning(piece)),
    ...pieces(reply).flatMap((piece) => stream.delta(piece)),
    ...calls.flatMap(({ id, function: fn, extra_content }, index) => [
      ...stream.tool({ index, id, name: fn.name, ...(extra_content ? { extra_content } : {}) }),
      ...pieces(fn.arguments).flatMap((piece) => stream.tool({ index, arguments: piece })),
    ]),
  ];
  if (answer.usage) stream.usage(answer.usage);
  return events;
}
