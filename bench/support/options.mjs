/**
 * Reads command-line options `--name value`. An option is a number if its default is one.
 * @template {Record<string, string | number>} T
 * @param {T} defaults
 * @returns {T}
 */
export function options(defaults) {
  const args = process.argv.slice(2);
  const out = { ...defaults };
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i].replace(/^--/, '');
    const value = args[i + 1];
    if (!Object.hasOwn(defaults, name) || value === undefined)
      throw new Error(`unknown option ${args[i]}: the options are ${Object.keys(defaults).join(', ')}`);
    out[name] = typeof defaults[name] === 'number' ? Number(value) : value;
  }
  return out;
}
