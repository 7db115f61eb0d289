const special = /[.+^${}()|[\]\\]/g;

/**
 * Converts a pattern such as `data/*.json` to one for whole paths; `**` matches any folders. A pattern without a slash
 * matches the name in any folder.
 */
function toPattern(text: string): RegExp {
  const anywhere = text.includes('/') ? text.replace(/^\.?\//, '') : `**/${text}`;
  const source = anywhere
    .replace(special, '\\$&')
    .replaceAll('**/', '\u0001')
    .replaceAll('**', '\u0002')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll('\u0001', '(?:.*/)?')
    .replaceAll('\u0002', '.*');
  return new RegExp(`^${source}(?:/.*)?$`, 'u');
}

/** Whether a path is included. A pattern that matches a folder matches everything in it. */
export function pathFilter(
  include: readonly string[] | undefined,
  exclude: readonly string[] | undefined,
): (path: string) => boolean {
  const [included, excluded] = [include, exclude].map((list) => list?.map(toPattern));
  return (path) =>
    (!included?.length || included.some((pattern) => pattern.test(path))) &&
    !excluded?.some((pattern) => pattern.test(path));
}
