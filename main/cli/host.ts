import type { Core } from '../core/app/services.ts';
import type { Offline } from '../core/app/offline.ts';
import type { CheckReport } from '../core/app/check/check-files.ts';

/** A stream of the terminal, as far as it is used. */
export interface Out {
  write(text: string): void;
  isTTY: boolean;
  columns: number;
}

/** What the machine lends to the commands. Everything costly comes when it is asked for. */
export interface CliHost {
  version: string;
  env: Readonly<Record<string, string | undefined>>;
  out: Out;
  err: Out;
  /** All of the standard input; null where it is a terminal. */
  readInput(): Promise<string> | null;
  /** Asks a person; null where there is none. */
  ask(question: string): Promise<string | null>;
  /** Reads the registry, the packs and the user's files. */
  offline(): Promise<Offline>;
  check(): Promise<CheckReport>;
  /** The whole core, that sends, counts and records; to be closed. */
  core(): Promise<Core>;
  /** Starts the server with its own flags; it goes on after the command is over. */
  serve(args: string[]): Promise<void>;
  /** Listens for Ctrl+C; returns the function that stops listening. */
  onInterrupt(listener: () => void): () => void;
}
