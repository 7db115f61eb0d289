import { createParser } from 'eventsource-parser';
import type { RawEvent } from '../../../adapters/define.ts';
import { jsonOrUndefined } from '../read-body.ts';
import { TransportError } from '../transport-error.ts';

/** One event of a stream above this is cut off with an error. */
export const maxEventBytes = 4 * 1024 * 1024;

export interface Framer {
  /** Text that arrived; whole events that it completes. */
  push(text: string): RawEvent[];
  /** What the stream still held when it ended: whole events, and whether one was cut off in its middle. */
  end(): { events: RawEvent[]; cut: boolean };
}

/** Some servers leave the last line break off; half an event is none. */
function lastEvents(events: RawEvent[]): { events: RawEvent[]; cut: boolean } {
  const isWhole = ({ data }: RawEvent) => data.trim() === '[DONE]' || jsonOrUndefined(data) !== undefined;
  return { events: events.filter(isWhole), cut: events.some((e) => !isWhole(e) && /^\s*[{[]/.test(e.data)) };
}

/** The failure of an event that has no end in sight. */
export const tooLong = () =>
  new TransportError(
    'provider_reply_too_large',
    `one event of the stream is larger than ${maxEventBytes / 1024 / 1024} MB`,
  );

function sseFramer(): Framer {
  let events: RawEvent[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => void events.push(event === undefined ? { data } : { event, data }),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw tooLong();
    },
    maxBufferSize: maxEventBytes,
  });
  const take = () => {
    const out = events;
    events = [];
    return out;
  };
  return {
    push(text) {
      parser.feed(text);
      return take();
    },
    end() {
      parser.feed('\n\n');
      return lastEvents(take());
    },
  };
}

function ndjsonFramer(): Framer {
  let rest = '';
  return {
    push(text) {
      const whole = (rest + text).split('\n');
      rest = whole.pop() ?? '';
      if (rest.length > maxEventBytes) throw tooLong();
      return whole
        .map((l) => l.trim())
        .filter(Boolean)
        .map((data) => ({ data }));
    },
    end: () => lastEvents(rest.trim() ? [{ data: rest.trim() }] : []),
  };
}

/** Cuts a stream into its events, however the network cut it. */
export function createFramer(framing: 'sse' | 'ndjson'): Framer {
  return framing === 'sse' ? sseFramer() : ndjsonFramer();
}
