/** What Windows takes for devices, with any ending: `con.json` cannot be a file there. */
const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(_*)(\..*)?$/i;

/** True for a name that no Windows disk can hold: a device's, or one that ends in a dot or a space. */
export function isReservedName(name: string): boolean {
  return device.exec(name)?.[2] === '' || /[. ]$/.test(name);
}

/** The name of a thing as the name of its file, without the ending: a device's gets a `_`, also where it has some. */
export function fileName(name: string): string {
  return name.replace(device, '$1$2_$3');
}

/** The other way round. */
export function nameOfFile(file: string): string {
  const [, base, marks, rest = ''] = device.exec(file) ?? [];
  return base !== undefined && marks ? `${base}${marks.slice(1)}${rest}` : file;
}
