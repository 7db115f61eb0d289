/** Hands a file to the person in front: a download in a browser, the system's own dialog in the desktop window. */
export function saveFile(name: string, parts: readonly BlobPart[], type: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the blob by the next turn, but not in every browser at once.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
