import type { ChildProcess } from 'node:child_process';

/** Collects the output of a process, and waits for lines in it. */
export class ProcessOutput {
  #text = '';
  readonly #exit: Promise<number | null>;
  readonly #waiting = new Set<() => void>();

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#text += chunk.toString('utf8');
        for (const check of this.#waiting) check();
      });
    }
    this.#exit = new Promise((resolve) => {
      if (child.exitCode !== null) resolve(child.exitCode);
      child.once('exit', (code) => resolve(code));
    });
  }

  text(): string {
    return this.#text;
  }

  /** The exit code; null if a signal ended it. */
  exit(): Promise<number | null> {
    return this.#exit;
  }

  /** The first match of a pattern in the output. Rejects with the whole output if the process ends before. */
  async match(pattern: RegExp): Promise<RegExpExecArray> {
    const seen = new Promise<RegExpExecArray>((resolve) => {
      const check = () => {
        const match = pattern.exec(this.#text);
        if (!match) return;
        this.#waiting.delete(check);
        resolve(match);
      };
      this.#waiting.add(check);
      check();
    });
    const ended = this.#exit.then((code) => {
      throw new Error(`ended with ${code} before it printed ${pattern}:\n${this.#text}`);
    });
    return Promise.race([seen, ended]);
  }
}
