export interface BodyChange {
  /** A JSON pointer into the body. */
  path: string;
  before: unknown;
  after: unknown;
}

function isContainer(value: unknown): value is Record<string, unknown> | unknown[] {
  return typeof value === 'object' && value !== null;
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
const at = (value: Record<string, unknown> | unknown[], key: string) =>
  Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;

/**
 * The differences between two request bodies, leaf by leaf. `undefined` means that one of them has no value
 * there.
 */
export function bodyChanges(before: unknown, after: unknown, path = ''): BodyChange[] {
  if (Object.is(before, after)) return [];
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after))
    return [{ path, before, after }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => bodyChanges(at(before, key), at(after, key), `${path}/${escaped(key)}`));
}
