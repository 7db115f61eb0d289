/** A file's or a project's name as a set's: small letters, digits and "-", `my-set` where nothing is left of it. */
export function setNameOf(text: string): string {
  const name = text
    .replace(/\.[^.]+$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return name || 'my-set';
}
