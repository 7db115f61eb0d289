import { readFileSync } from 'node:fs';

/** GitHub's anchor of a heading. */
export const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[`*]/g, '')
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const fence = /^(```+)(\S*)\s*$/;
const marker = /^<!-- check: (.+) -->$/;

/**
 * The parts of a document that tests can check.
 * @param {string} file
 * @returns {{ headings: string[], links: { target: string, line: number }[], inline: { text: string, line: number }[],
 *   blocks: { language: string, check: string | null, text: string, line: number }[] }} `check` is the comment
 *   `<!-- check: … -->` before a block; blocks that are only indented have the language `indented`
 */
export function readMarkdown(file) {
  const found = { headings: [], links: [], inline: [], blocks: [] };
  let block = null;
  let check = null;
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((text, i) => {
      const line = i + 1;
      const [, , language] = fence.exec(text) ?? [];
      if (language !== undefined) {
        if (block) found.blocks.push(block);
        block = block ? null : { language, check, text: '', line };
        check = null;
        return;
      }
      if (block) {
        block.text += `${text}\n`;
        return;
      }
      if (/^ {4}\S/.test(text)) {
        found.blocks.push({ language: 'indented', check: null, text: text.trim(), line });
        return;
      }
      check = marker.exec(text)?.[1] ?? (text === '' ? check : null);
      const [, heading] = /^#{1,6} (.+)$/.exec(text) ?? [];
      if (heading) found.headings.push(heading);
      for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) found.links.push({ target, line });
      for (const [, code] of text.matchAll(/`([^`]+)`/g)) found.inline.push({ text: code, line });
    });
  return found;
}
