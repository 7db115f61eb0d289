/** A dropped or chosen file, with its path relative to the drop. */
export interface FoundFile {
  path: string;
  file: File;
}

const media =
  /\.(?:png|jpe?g|webp|avif|gif|bmp|ico|svg|tga|dds|psd|ogg|opus|mp3|wav|flac|m4a|aac|mid|mp4|webm|mkv|avi|mov|ogv|ttf|otf|woff2?|ttc|rpa|rpyc|rpymc|zip|7z|rar|pak|arc|xp3|exe|dll|so|dylib|pyo|pyc|app|bin|dat|rgssad|rgss3a|png_|ogg_|m4a_|rpgmvp|rpgmvo|rpgmvm)$/iu;

/** Whether a file may contain text to translate: images, sound and archives are not uploaded. */
export function mayHoldText(path: string): boolean {
  return !media.test(path) && !/(?:^|\/)\./u.test(path);
}

/**
 * Removes the folder that all files share; it names the project.
 * @returns the paths below it
 */
export function belowCommonFolder(files: readonly FoundFile[]): {
  name: string | undefined;
  files: FoundFile[];
} {
  const [first] = files;
  const top = first?.path.split('/')[0];
  const shared = top !== undefined && files.every(({ path }) => path.startsWith(`${top}/`));
  if (!shared) return { name: files.length === 1 ? first?.path : undefined, files: [...files] };
  return { name: top, files: files.map(({ path, file }) => ({ path: path.slice(top.length + 1), file })) };
}

/** The files of a dialog, with their paths if a folder was chosen. */
export function filesOfInput(list: FileList): FoundFile[] {
  return [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

const entriesOf = (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> =>
  new Promise((resolve, reject) => {
    const reader = folder.createReader();
    const all: FileSystemEntry[] = [];
    // A directory reader returns at most a hundred entries per call.
    const read = () =>
      reader.readEntries((some) => {
        if (some.length === 0) return resolve(all);
        all.push(...some);
        read();
      }, reject);
    read();
  });

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

async function walk(entry: FileSystemEntry, found: FoundFile[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) found.push({ path, file: await fileOf(entry as FileSystemFileEntry) });
  else for (const inner of await entriesOf(entry as FileSystemDirectoryEntry)) await walk(inner, found);
}

/** All dropped files, including those in dropped folders. Must be called inside the drop handler. */
export function filesOfDrop(transfer: DataTransfer): Promise<FoundFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const plain = [...transfer.files].map((file) => ({ path: file.name, file }));
  if (entries.length === 0) return Promise.resolve(plain);
  return (async () => {
    const found: FoundFile[] = [];
    for (const entry of entries) await walk(entry, found);
    return found;
  })();
}
