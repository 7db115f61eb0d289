/** Splits a `text/event-stream` into the data of its events; other fields are not used by our server. */
export function createSseReader(onData: (data: string) => void): (chunk: string) => void {
  let rest = '';
  let data: string[] = [];

  function readLine(line: string): void {
    if (line === '') {
      if (data.length > 0) onData(data.join('\n'));
      data = [];
      return;
    }
    if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
  }

  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) readLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  };
}

/** Reads a response's events until it ends. Rejects when the connection breaks or `onData` throws. */
export async function readSse(response: Response, onData: (data: string) => void): Promise<void> {
  if (!response.body) return;
  const read = createSseReader(onData);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    read(value);
  }
}
