import { createParser } from 'eventsource-parser';
import type { RawEvent } from '../../../adapters/define.ts';
import { jsonOrUndefined } from '../read-body.ts';
import { TransportError } from '../transport-error.ts';

/** Size limit of one event in a stream; a larger one is an error. */
export const maxEventBytes = 4 * 1024 * 1024;

export interface Framer {
  /** Takes the next text and returns the complete events. */
  push(text: string): RawEvent[];
  /** What remained when the stream ended: complete events, and whether one was cut off. */
  end(): { events: RawEvent[]; cut: boolean };
}

/** Some servers omit the last line break. Half an event is not an event. */
function lastEvents(events: RawEvent[]): { events: RawEvent[]; cut: boolean } {
  const isWhole = ({ data }: RawEvent) => data.trim() === '[DONE]' || jsonOrUndefined(data) !== undefined;
  return { events: events.filter(isWhole), cut: events.some((e) => !isWhole(e) && /^\s*[{[]/.test(e.data)) };
}

/** The failure for an event that does not end. */
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

/** Splits a stream into events, independently of how the network split it. */
export function createFramer(framing: 'sse' | 'ndjson'): Framer {
  return framing === 'sse' ? sseFramer() : ndjsonFramer();
}
