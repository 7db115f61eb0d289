import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname } from 'node:path';
import { Script, constants } from 'node:vm';
import { replaceFile } from '../core/lib/replace-file.ts';

/** What Node keeps of a CommonJS module, as far as its loader is concerned. */
interface LoadedModule {
  exports: unknown;
  require(id: string): unknown;
}
type Loader = (module: LoadedModule, filename: string) => void;

/** Where one file's code is within the bytes after the first line, and of which text it was made. */
interface Entry {
  of: string;
  at: number;
  bytes: number;
}
interface Kept {
  digest: string;
  files: Record<string, Entry>;
}

const digestOf = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

/** Nothing where there is no such file, or where it is not as it was written: V8 itself hardly checks what it is given. */
function readKept(path: string): { files: Record<string, Entry>; code: Buffer } {
  try {
    const all = readFileSync(path);
    const end = all.indexOf('\n');
    const { digest, files } = JSON.parse(all.toString('utf8', 0, end)) as Kept;
    const code = all.subarray(end + 1);
    if (digestOf(code) === digest) return { files, code };
  } catch {
    // It is made anew.
  }
  return { files: {}, code: Buffer.alloc(0) };
}

/**
 * From here on the files under `folder` are loaded with the code that V8 made of them last time. What it does not take
 * (another version of it, a file that was changed) it compiles as ever.
 * @param path where the code is kept
 * @returns what writes it, once all is loaded, if anything is new
 */
export function useCodeCache(path: string, folder: string): () => Promise<void> {
  const { files, code } = readKept(path);
  const loaded = new Map<string, { script: Script; of: string }>();
  let isNew = false;
  const { _extensions: loaders } = Module as unknown as { _extensions: Record<string, Loader> };
  const plain = loaders['.js'];
  loaders['.js'] = (module, filename) => {
    if (!filename.startsWith(folder)) return plain?.(module, filename);
    const bytes = readFileSync(filename);
    const of = digestOf(bytes);
    const entry = files[filename];
    const cachedData = entry?.of === of ? code.subarray(entry.at, entry.at + entry.bytes) : undefined;
    const script = new Script(Module.wrap(bytes.toString('utf8')), {
      filename,
      ...(cachedData ? { cachedData } : {}),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    isNew ||= !cachedData || script.cachedDataRejected === true;
    loaded.set(filename, { script, of });
    const run = script.runInThisContext() as (...given: unknown[]) => void;
    run.call(
      module.exports,
      module.exports,
      module.require.bind(module),
      module,
      filename,
      dirname(filename),
    );
  };

  return async () => {
    if (!isNew) return;
    isNew = false;
    const parts: Buffer[] = [];
    const next: Record<string, Entry> = {};
    let at = 0;
    for (const [filename, { script, of }] of loaded) {
      const data = script.createCachedData();
      next[filename] = { of, at, bytes: data.length };
      at += data.length;
      parts.push(data);
    }
    const all = Buffer.concat(parts);
    const head = JSON.stringify({ digest: digestOf(all), files: next } satisfies Kept);
    await replaceFile(path, Buffer.concat([Buffer.from(`${head}\n`), all]), { fsync: false });
  };
}
