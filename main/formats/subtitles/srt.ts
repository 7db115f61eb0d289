import { fileFault } from '../file-fault.ts';
import { linesOf, lineEnding, type Line } from '../shared/lines.ts';
import { failAt, WriteFault, Scan } from '../shared/text-format.ts';
import { UniqueKeys } from '../shared/unique-keys.ts';

const timing = /^\s*(\d{1,3}:\d{2}:\d{2}[,.]\d{1,3})\s*-->\s*(\d{1,3}:\d{2}:\d{2}[,.]\d{1,3})/;

const emptyLine = /\n\s*\n/;

/**
 * SubRip: a number, the times, the text, an empty line. The text ends where the next cue begins, so it may contain an
 * empty line. Tags (`<i>`, `{\an8}`) stay in the source.
 */
export function scanSrt(text: string): Scan {
  const ending = lineEnding(text);
  const scan: Scan = new Scan((index, target) =>
    renderCue(target, ending, emptyLine.test(scan.units[index]?.source ?? '')),
  );
  const keys = new UniqueKeys();
  let times: string | null = null;
  let body: Line[] = [];
  let hasText = false;
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    hasText ||= content.trim() !== '';
    const match = timing.exec(content);
    if (match === null) {
      body.push(line);
      continue;
    }
    // The line before the times is the next cue's number.
    const last = body.at(-1);
    if (last !== undefined && /^\s*\d+\s*$/.test(text.slice(last.start, last.end))) body.pop();
    if (times !== null) addCue(scan, text, keys.take(times), body);
    times = `${match[1] ?? ''} --> ${match[2] ?? ''}`;
    body = [];
  }
  if (times !== null) addCue(scan, text, keys.take(times), body);
  else if (hasText)
    failAt(text, 0, (line) =>
      fileFault(
        'srt_no_cue',
        { line },
        `Line ${line}: no cue was found. A SubRip file has lines like 00:00:01,000 --> 00:00:02,500.`,
      ),
    );
  return scan;
}

function addCue(scan: Scan, text: string, key: string, body: readonly Line[]): void {
  const isFilled = (line: Line) => text.slice(line.start, line.end).trim() !== '';
  const first = body.findIndex(isFilled);
  const last = body.findLastIndex(isFilled);
  const [from, to] = [body[first]?.start, body[last]?.end];
  if (from === undefined || to === undefined) return;
  const lines = body.slice(first, last + 1).map((line) => text.slice(line.start, line.end));
  scan.add({ key, source: lines.join('\n') }, from, to);
}

/** @param allowsEmptyLine the original has an empty line too */
function renderCue(target: string, ending: string, allowsEmptyLine: boolean): string | WriteFault {
  const lines = target.split(/\r\n|\n|\r/);
  if (lines.every((line) => line.trim() === ''))
    return new WriteFault('An empty translation would remove the cue.');
  const isBlank = (line: string | undefined) => (line ?? '').trim() === '';
  if (isBlank(lines[0]) || isBlank(lines.at(-1)) || (!allowsEmptyLine && lines.some(isBlank)))
    return new WriteFault('A cue cannot contain an empty line: players end the cue there.');
  if (lines.some((line) => timing.test(line)))
    return new WriteFault('A line of the text looks like the times of a cue.');
  return lines.join(ending);
}
