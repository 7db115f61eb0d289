/** A longer file should be split. */
const maxLines = 400;

/** The share of files that may have more, or fewer, lines than usual. */
const shares = [
  { oneIn: 10, is: (lines) => lines > 250, named: 'over 250 lines' },
  { oneIn: 8, is: (lines) => lines < 25, named: 'under 25 lines' },
];

/**
 * Files that are too long or too short: nine in ten may have 250 lines at most, none over 400, and at
 * most one in eight may have under 25.
 * @param {{ file: string, lines: number }[]} sizes
 * @returns {string[]} one line for each file over 400 lines and each share that is exceeded
 */
export function sizeProblems(sizes) {
  const tooLong = sizes
    .filter(({ lines }) => lines > maxLines)
    .map(({ file, lines }) => `${file} has ${lines} lines, ${maxLines} at most`);
  const exceeded = shares.flatMap(({ oneIn, is, named }) => {
    const count = sizes.filter(({ lines }) => is(lines)).length;
    const allowed = Math.floor(sizes.length / oneIn);
    return count > allowed ? [`${count} of ${sizes.length} files have ${named}, ${allowed} at most`] : [];
  });
  return [...tooLong, ...exceeded];
}
