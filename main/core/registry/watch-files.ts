import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';

const settleMs = 150;
/** First retry delay for files that could not be read; it increases with every retry. */
const againMs = 1000;
const maxAgainMs = 16_000;

/** Runs a task while watching of the folders is paused. */
export type WatchPause = <T>(task: () => Promise<T>) => Promise<T>;

export interface WatchedFiles {
  runtimeRoot: string;
  /** ComfyVN's registry file, if one is configured. */
  registryFile: string | undefined;
  /** Called once after a burst of changes to any of the files, and once when watching has started. */
  changed(): void;
  /** True while something could not be read that may become readable without being changed. */
  mayRecover(): boolean;
}

/** Watches files that users and other processes change. */
export class FileWatcher {
  readonly #parts: WatchedFiles;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Number of folder moves in progress; watching resumes after the last one. */
  #pauses = 0;
  #wanted = false;
  #againMs = againMs;

  constructor(parts: WatchedFiles) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    if (this.#pauses === 0) this.#watch();
  }

  /** Runs a task that moves a folder: Windows refuses that while a folder inside it is watched. */
  paused: WatchPause = async (task) => {
    this.#pauses++;
    try {
      await this.#unwatch();
      return await task();
    } finally {
      this.#pauses--;
      if (this.#wanted && this.#pauses === 0 && !this.#watcher) this.#watch();
    }
  };

  async close(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#timer);
    await this.#unwatch();
  }

  async #unwatch(): Promise<void> {
    const watcher = this.#watcher;
    this.#watcher = undefined;
    await watcher?.close();
  }

  #watch(): void {
    const { runtimeRoot, registryFile } = this.#parts;
    const config = join(runtimeRoot, 'config');
    mkdirSync(join(config, 'llm'), { recursive: true, mode: 0o700 });
    const files = [join(config, 'comfyvn.json'), join(config, 'llm'), join(runtimeRoot, 'panel.json')];
    const watcher = watch([...files, ...(registryFile ? [registryFile] : [])], {
      ignoreInitial: true,
      depth: 3,
    });
    this.#watcher = watcher;
    const soon = () => this.#soon(settleMs);
    watcher.on('all', soon);
    // Reads once more, to catch changes made before watching started.
    watcher.on('ready', soon);
    // A folder that cannot be watched is still read on request.
    watcher.on('error', () => {});
  }

  #soon(ms: number): void {
    if (!this.#wanted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#parts.changed();
      this.#againMs = this.#parts.mayRecover() ? Math.min(this.#againMs * 2, maxAgainMs) : againMs;
      if (this.#againMs > againMs) this.#soon(this.#againMs / 2);
    }, ms);
  }
}
