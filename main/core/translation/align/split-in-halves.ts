/** Splits unanswered lines into two requests; a single line stays one. */
export function splitInHalves<T>(lines: readonly T[]): T[][] {
  if (lines.length <= 1) return lines.length ? [[...lines]] : [];
  const middle = Math.ceil(lines.length / 2);
  return [lines.slice(0, middle), lines.slice(middle)];
}
