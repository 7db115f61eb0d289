import type { Endpoint } from '../../../../contract/server-access.ts';
import type { PanelSettings, SettingsChange } from '../../../../contract/settings.ts';
import type { FolderLock } from '../files/folder-lock.ts';

/** Environment variables; a host reads them once, at the start. */
export type Env = Readonly<Record<string, string | undefined>>;

/** What a host (Electron, plain Node, a test) lends to the core. The core knows no other machine. */
export interface Ports {
  host: 'desktop' | 'headless';
  version: string;
  /** The process environment, read once at start. */
  env: Env;
  /** Milliseconds since 1970; tests turn it. */
  now(): number;
  paths: Paths;
  secrets: SecretStore;
  settings: SettingsStore;
  /** Keeps other processes out while files of the runtime root are changed; the same one that the stores use. */
  lock: FolderLock;
  /** Set when the window runs on the development Electron. */
  fallbackRuntime: string | null;
  /** What only a desktop has. */
  desktop?: Desktop;
}

export interface Desktop {
  copy(text: string): void;
  /** Opens a folder in the system's file manager; the reason where it could not. */
  openFolder(path: string): Promise<string | null>;
  /** Asks in the system's dialog; an empty list where the person thinks better of it. */
  choosePaths?(kind: 'folder' | 'files'): Promise<string[]>;
  /** Shows a message unless the window has the focus; whether it was shown. */
  notify?(title: string, body: string): boolean;
  /** Opens a file in the system's editor, at its line where the editor supports that; returns the reason where it could not. */
  openFile(path: string, line: number): Promise<string | null>;
}

export interface Paths {
  /** The product's own folder, with `registry/` and `prompt-packs/`. Read only. */
  appRoot: string;
  /** `COMFYVN_RUNTIME_ROOT`, or the host's user-data folder: `config/`, `data/`, `logs/`. */
  runtimeRoot: string;
}

export interface StoredKey {
  key: string;
  /** Scheme, host and port the key was saved for; it goes nowhere else. */
  origin: string;
}

export interface SaveKeyOptions {
  replaceLocked?: boolean;
  /** What the user calls the key; absent: as it was. */
  label?: string;
}

/** What is known of a saved key without decrypting it. */
export interface KeptKey {
  state: 'sealed' | 'ready' | 'locked';
  /** As its file says; proven only once it is decrypted. */
  origin: string | null;
  /** What would not open: the whole store, or this key in an open one. */
  lockedBy?: 'store' | 'key';
  /** What the user calls it. */
  label?: string;
}

/** Puts back what a change to the store took away. */
export interface UndoKeyChange {
  /** @throws AppError `invalid_request` when the key was changed again since */
  check(): void;
  run(): Promise<void>;
}

/**
 * Keys saved in the panel, each under a name: a provider's, or `<provider>#<number>` for its further keys. The
 * environment is looked at elsewhere.
 */
export interface SecretStore {
  /** For the status bar: a keyring's name, or `session` when keys are kept in memory only. */
  readonly backend: string;
  kept(provider: string): KeptKey | null;
  /** The names that something is saved under. */
  names(): readonly string[];
  /** The key, once it is decrypted. */
  get(provider: string): StoredKey | null;
  /**
   * Decrypts what is saved and is not decrypted yet; asks the keyring, so it may take a while. Never rejects.
   * @returns true when something was looked at that was not before
   */
  open(): Promise<boolean>;
  /**
   * @throws AppError `key_locked` where a key that cannot be decrypted would be lost and `replaceLocked` is not set,
   * `file_unreadable` when the file cannot be written
   */
  set(provider: string, value: StoredKey, options?: SaveKeyOptions): Promise<UndoKeyChange>;
  /**
   * Changes what a saved key is called; nothing is decrypted.
   * @throws AppError `not_found`, `file_unreadable`
   */
  rename(provider: string, label: string): Promise<UndoKeyChange>;
  remove(provider: string): Promise<UndoKeyChange>;
  /** What a person should know of the store's file or variables. */
  warnings(): readonly string[];
}

export interface SettingsStore {
  /** As they are in the file now, also where another process has written it. */
  get(): PanelSettings;
  /** @throws AppError `file_unreadable` where the file cannot be read or written, `server_busy`; nothing is changed then */
  update(change: SettingsChange): Promise<PanelSettings>;
  /** Limits in the file that are no amounts, each with the file and its field; the default holds for each. */
  limitProblems(): readonly string[];
  /** What a person should know of the file. */
  warnings(): readonly string[];
}

/** Who may call the HTTP server at present. */
export interface AccessRules {
  host: string;
  token: string | null;
  allowedHosts: readonly string[];
  allowedOrigins: readonly string[];
}

/** The HTTP server as the core sees it. */
export interface ServerControl {
  status(): {
    listening: string | null;
    error: { code: string; message: string; try_port: number | null } | null;
  };
  access(): AccessRules;
  /** Counts from the next request on; a host from the next `listen` on. */
  configure(change: Partial<Pick<AccessRules, 'host' | 'token' | 'allowedOrigins'>>): void;
  /** @throws AppError when the port cannot be had; then the server is unchanged */
  listen(port: number): Promise<void>;
  /** Takes no more calls (503), waits at most `graceMs` for those under way, then closes; `listen` opens it again. */
  stop(graceMs: number): Promise<void>;
  /** Every route, with a line that calls it at `base`. */
  endpoints(base: string): Promise<Omit<Endpoint, 'on'>[]>;
}
