import type { Core } from '../core/app/services.ts';
import type { Offline } from '../core/app/offline.ts';
import type { CheckReport } from '../core/app/check/check-files.ts';

/** The part of a terminal stream that the commands use. */
export interface Out {
  write(text: string): void;
  isTTY: boolean;
  columns: number;
}

/** What the host provides to the commands. Expensive parts are created on first use. */
export interface CliHost {
  version: string;
  env: Readonly<Record<string, string | undefined>>;
  out: Out;
  err: Out;
  /** All of standard input; null if it is a terminal. */
  readInput(): Promise<string> | null;
  /** Asks the user; null if there is no terminal. */
  ask(question: string): Promise<string | null>;
  /** Reads the registry, the packs and the user's files. */
  offline(): Promise<Offline>;
  check(): Promise<CheckReport>;
  /** The whole core, which sends requests and records their cost. The caller must close it. */
  core(): Promise<Core>;
  /** Starts the server with its own flags; it keeps running after the command returns. */
  serve(args: string[]): Promise<void>;
  /** Listens for Ctrl+C; returns the function that unsubscribes. */
  onInterrupt(listener: () => void): () => void;
}
