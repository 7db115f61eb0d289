const special = /[.+^${}()|[\]\\]/g;

/** `data/*.json`, `**` for any folders: as a pattern over whole paths; without a slash it matches the name anywhere. */
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

/** Whether a path is asked for. A pattern that names a folder stands for all that is in it. */
export function pathFilter(
  include: readonly string[] | undefined,
  exclude: readonly string[] | undefined,
): (path: string) => boolean {
  const [wanted, unwanted] = [include, exclude].map((list) => list?.map(toPattern));
  return (path) =>
    (!wanted?.length || wanted.some((pattern) => pattern.test(path))) &&
    !unwanted?.some((pattern) => pattern.test(path));
}
