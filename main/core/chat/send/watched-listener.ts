import type { Redactor } from '../../lib/redact.ts';
import { withoutSecrets } from '../reply/reply-bytes.ts';
import type { StreamListener } from '../reply/stream-listener.ts';

const nobody = { streamListener: undefined, saw: () => false };

/**
 * Passes a reply's parts to the caller with secrets redacted, and records whether the caller has received
 * any.
 */
export function watchedListener(
  streamListener: StreamListener | undefined,
  redactor: Redactor,
): { streamListener: StreamListener | undefined; saw: () => boolean } {
  if (!streamListener) return nobody;
  let saw = false;
  const watching: StreamListener = {
    start: (of, dropped) => streamListener.start(of, dropped),
    usage: (usage) => streamListener.usage(usage),
    delta: (text) => ((saw = true), streamListener.delta(redactor.redact(text))),
    reasoning: (text) => ((saw = true), streamListener.reasoning(redactor.redact(text))),
    tool: (part) => ((saw = true), streamListener.tool(redactor.redactDeep(part))),
  };
  if (streamListener.waiting)
    watching.waiting = (wait) =>
      streamListener.waiting?.({ ...wait, message: redactor.redact(wait.message) });
  const { pass } = streamListener;
  if (pass)
    watching.pass = (headers) => {
      const write = pass(redactor.redactDeep(headers));
      return (block) => ((saw = true), write(withoutSecrets(block, redactor)));
    };
  return { streamListener: watching, saw: () => saw };
}
