/** Saves a file: a download in a browser, the system's dialog in the desktop window. */
export function saveFile(name: string, parts: readonly BlobPart[], type: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers need the URL after this turn, so it is revoked later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
