import type { Framing, ProtocolEvent } from './define.ts';

/** The `Content-Type` of a stream. */
export const contentTypes: Record<Framing, string> = {
  sse: 'text/event-stream; charset=utf-8',
  ndjson: 'application/x-ndjson',
  'json-array': 'application/json; charset=utf-8',
};

/** Events as text. `end` returns the text that closes the stream; nothing may be written afterwards. */
export interface Framer {
  write(events: readonly ProtocolEvent[]): string;
  end(): string;
}

/** A framer for one stream. */
export function newFramer(framing: Framing): Framer {
  if (framing !== 'json-array') {
    const one = framing === 'sse' ? sseText : lineText;
    return { write: (events) => events.map(one).join(''), end: () => '' };
  }
  let written = false;
  return {
    write(events) {
      const texts = events.map((event) => {
        const before = written ? ',\r\n' : '[';
        written = true;
        return before + JSON.stringify(event.data);
      });
      return texts.join('');
    },
    end: () => (written ? ']' : '[]'),
  };
}

function sseText({ event, data }: ProtocolEvent): string {
  const name = event === undefined ? '' : `event: ${event}\n`;
  return `${name}data: ${data === '[DONE]' ? data : JSON.stringify(data)}\n\n`;
}

function lineText({ data }: ProtocolEvent): string {
  return `${JSON.stringify(data)}\n`;
}
