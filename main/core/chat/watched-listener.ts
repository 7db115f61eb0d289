import type { Redactor } from '../lib/redact.ts';
import { withoutSecrets } from './reply-bytes.ts';
import type { ChatSink } from './stream-listener.ts';

const nobody = { sink: undefined, saw: () => false };

/** The caller's sink, which tells whether the caller saw any of a reply, and cuts secrets that a provider repeats. */
export function watchedSink(
  sink: ChatSink | undefined,
  redactor: Redactor,
): { sink: ChatSink | undefined; saw: () => boolean } {
  if (!sink) return nobody;
  let saw = false;
  const watching: ChatSink = {
    start: (of, dropped) => sink.start(of, dropped),
    usage: (usage) => sink.usage(usage),
    delta: (text) => ((saw = true), sink.delta(redactor.cut(text))),
    reasoning: (text) => ((saw = true), sink.reasoning(redactor.cut(text))),
    tool: (part) => ((saw = true), sink.tool(redactor.cutDeep(part))),
  };
  const { pass } = sink;
  if (pass)
    watching.pass = (headers) => {
      const write = pass(redactor.cutDeep(headers));
      return (block) => ((saw = true), write(withoutSecrets(block, redactor)));
    };
  return { sink: watching, saw: () => saw };
}
