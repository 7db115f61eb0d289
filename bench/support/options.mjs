/**
 * Command-line options `--name value`, each with its default; numbers where the default is one.
 * @template {Record<string, string | number>} T
 * @param {T} defaults
 * @returns {T}
 */
export function options(defaults) {
  const given = process.argv.slice(2);
  const out = { ...defaults };
  for (let i = 0; i < given.length; i += 2) {
    const name = given[i].replace(/^--/, '');
    const value = given[i + 1];
    if (!Object.hasOwn(defaults, name) || value === undefined)
      throw new Error(`unknown option ${given[i]}: there are ${Object.keys(defaults).join(', ')}`);
    out[name] = typeof defaults[name] === 'number' ? Number(value) : value;
  }
  return out;
}
