const maxLength = 96;

/** `wanted`, or with the lowest unused number appended. */
export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted.slice(0, maxLength - 4);
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base}-${n}`;
  return id;
}

/** An id for a preset created without one: `vn-chat-user-gpt-4o`. */
export function idFor(module: string, model: string, taken: ReadonlySet<string>): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9.]+/g, '-');
  const name = `${plain(module)}-user-${plain(model)}`.replace(/^[^a-z0-9]+|-+$/g, '').slice(0, 64);
  return freeId(name, taken);
}
