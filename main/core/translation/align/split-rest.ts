/** What is asked for again after a reply: the rest in halves; a single line by itself. */
export function splitRest<T>(rest: readonly T[]): T[][] {
  if (rest.length <= 1) return rest.length ? [[...rest]] : [];
  const middle = Math.ceil(rest.length / 2);
  return [rest.slice(0, middle), rest.slice(middle)];
}
