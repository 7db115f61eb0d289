/** Device names on Windows, with any extension: a file cannot be called `con.json` there. */
const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(_*)(\..*)?$/i;

/** True for a name that Windows does not allow: a device name, or one that ends in a dot or a space. */
export function isReservedName(name: string): boolean {
  return device.exec(name)?.[2] === '' || /[. ]$/.test(name);
}

/** Converts a name to a file name without extension: a device name gets an additional `_`. */
export function fileName(name: string): string {
  return name.replace(device, '$1$2_$3');
}

/** Converts a file name back to the name. */
export function nameOfFile(file: string): string {
  const [, base, marks, rest = ''] = device.exec(file) ?? [];
  return base !== undefined && marks ? `${base}${marks.slice(1)}${rest}` : file;
}
