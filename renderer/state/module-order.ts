const order: readonly string[] = [
  'translate',
  'vn_chat',
  'narrator',
  'worldbuild',
  'battle_narration',
  'persona',
  'pov_rewrite',
];

/** The known modules in the order in which a story is made, then the others by name. */
export function inModuleOrder(names: readonly string[]): string[] {
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return names.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
