import { linesOf } from '../shared/lines.ts';
import { extension, readHead } from '../shared/read-text.ts';
import { textFormat, WriteFault, Scan } from '../shared/text-format.ts';

/** Plain text. Each line that is not blank is a unit, including its indentation. The key is the line's number, from 1. */
export const text = textFormat({
  name: 'text',
  label: 'Plain text, one text a line',
  keepsSource: false,
  detect: (path, head) => (extension(path) === 'txt' && readHead(head) !== null ? 0.3 : 0),
  scan: scanLines,
});

function scanLines(content: string): Scan {
  const scan: Scan = new Scan((_, target) => renderLine(target));
  let number = 0;
  for (const { start, end } of linesOf(content)) {
    number += 1;
    const source = content.slice(start, end);
    if (source.trim() === '') continue;
    scan.add({ key: String(number), source }, start, end);
  }
  return scan;
}

function renderLine(target: string): string | WriteFault {
  if (/[\r\n]/.test(target)) return new WriteFault('A line of a text file cannot contain a line break.');
  return target.trim() === '' ? new WriteFault('An empty translation would remove the line.') : target;
}
