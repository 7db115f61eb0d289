import { extension, readHead } from '../shared/read-text.ts';
import { textFormat } from '../shared/text-format.ts';
import { scanAss } from './ass.ts';
import { scanSrt } from './srt.ts';

/** SubRip (`.srt`) and Advanced SubStation Alpha (`.ass`, `.ssa`). A cue is a unit, and its times are the key. */
export const subtitles = textFormat({
  name: 'subtitles',
  label: 'Subtitles (SRT, ASS)',
  keepsSource: false,
  detect(path, head) {
    const kind = extension(path);
    if (kind !== 'srt' && kind !== 'ass' && kind !== 'ssa') return 0;
    const text = readHead(head);
    if (text === null) return 0;
    return (kind === 'srt' ? text.includes('-->') : /^\s*\[Script Info\]/i.test(text)) ? 0.95 : 0.4;
  },
  scan: (text, _, path) => (extension(path) === 'srt' ? scanSrt(text) : scanAss(text)),
});
