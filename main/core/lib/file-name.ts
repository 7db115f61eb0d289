/** What Windows takes for devices, with any ending: `con.json` cannot be a file there. */
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/** True for a name that no Windows disk can hold: a device's, or one that ends in a dot or a space. */
export function isReservedName(name: string): boolean {
  return devices.test(name) || /[. ]$/.test(name);
}

/** The name of a thing as the name of its file, without the ending: a device's gets a `_` behind it. */
export function fileName(name: string): string {
  return devices.test(name) || (name.endsWith('_') && devices.test(name.replace(/_+$/, '')))
    ? `${name}_`
    : name;
}

/** The other way round. */
export function nameOfFile(file: string): string {
  const name = file.slice(0, -1);
  return file.endsWith('_') && fileName(name) === file ? name : file;
}
