const order: readonly string[] = [
  'translate',
  'vn_chat',
  'narrator',
  'worldbuild',
  'battle_narration',
  'persona',
  'pov_rewrite',
];

/** Known modules in the order of a story's production, then the others by name. */
export function inModuleOrder(names: readonly string[]): string[] {
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return names.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
