import type { Endpoint } from '../../../../contract/server-access.ts';
import type { PanelSettings, SettingsChange } from '../../../../contract/settings.ts';
import type { FolderLock } from '../files/folder-lock.ts';
import type { Notice } from '../notice.ts';

/** Environment variables; a host reads them once, at the start. */
export type Env = Readonly<Record<string, string | undefined>>;

/**
 * What a host (Electron, plain Node, a test) provides to the core. The core has no other access to the
 * machine.
 */
export interface Ports {
  host: 'desktop' | 'headless';
  version: string;
  /** The process environment, read once at the start. */
  env: Env;
  /** Milliseconds since 1970; tests set it. */
  now(): number;
  paths: Paths;
  secrets: SecretStore;
  settings: SettingsStore;
  /** Excludes other processes while files of the runtime root are changed; the stores use the same lock. */
  lock: FolderLock;
  /** Set when the window runs on the development Electron. */
  fallbackRuntime: string | null;
  /** Functions that only a desktop has. */
  desktop?: Desktop;
}

export interface Desktop {
  copy(text: string): void;
  /** Opens a folder in the system's file manager; returns the reason if that failed. */
  openFolder(path: string): Promise<string | null>;
  /** Shows a file in the system's file manager, in its folder. */
  showFile?(path: string): void;
  /** Opens the system's file dialog; returns an empty list if the user cancels. */
  choosePaths?(kind: 'folder' | 'files'): Promise<string[]>;
  /** Shows a notification unless the window has the focus; returns whether it was shown. */
  notify?(title: string, body: string): boolean;
  /**
   * Opens a file in the system's editor, at the line if the editor supports that; returns the reason if that
   * failed.
   */
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
  /** Scheme, host and port for which the key was saved; it is sent nowhere else. */
  origin: string;
}

export interface SaveKeyOptions {
  replaceLocked?: boolean;
  /** The user's name for the key; undefined leaves it unchanged. */
  label?: string;
}

/** Facts about a saved key that are known without decrypting it. */
export interface KeptKey {
  state: 'sealed' | 'ready' | 'locked';
  /** From the file, so unverified until the key is decrypted. */
  origin: string | null;
  /** What could not be decrypted: the whole store, or this key in an open store. */
  lockedBy?: 'store' | 'key';
  /** The user's name for it. */
  label?: string;
}

/** Undoes a change to the store. */
export interface UndoKeyChange {
  /** @throws AppError `invalid_request` if the key has been changed again since */
  check(): void;
  run(): Promise<void>;
}

/**
 * Keys saved in the panel, each under a name: a provider's, or `<provider>#<number>` for its additional keys.
 * Keys in the environment are handled elsewhere.
 */
export interface SecretStore {
  /** For the status bar: the keyring's name, or `session` if keys are only in memory. */
  readonly backend: string;
  kept(provider: string): KeptKey | null;
  /** The names under which keys are saved. */
  names(): readonly string[];
  /** The key, once it is decrypted. */
  get(provider: string): StoredKey | null;
  /**
   * Decrypts saved keys that are not decrypted yet. This accesses the keyring, so it may take a while. Never
   * rejects.
   * @returns true if a key was processed for the first time
   */
  open(): Promise<boolean>;
  /**
   * @throws AppError `key_locked` if a key that cannot be decrypted would be lost and `replaceLocked` is not
   * set, `file_unreadable` if the file cannot be written
   */
  set(provider: string, value: StoredKey, options?: SaveKeyOptions): Promise<UndoKeyChange>;
  /**
   * Changes a saved key's label without decrypting it.
   * @throws AppError `not_found`, `file_unreadable`
   */
  rename(provider: string, label: string): Promise<UndoKeyChange>;
  remove(provider: string): Promise<UndoKeyChange>;
  /** Problems of the store's file or variables, for users. */
  warnings(): readonly Notice[];
}

export interface SettingsStore {
  /** The current settings in the file, including changes by other processes. */
  get(): PanelSettings;
  /**
   * @throws AppError `file_unreadable` if the file cannot be read or written, `server_busy`; in both cases
   * nothing is changed
   */
  update(change: SettingsChange): Promise<PanelSettings>;
  /**
   * Limits in the file that are not valid amounts, each with the file and its field; the default applies to
   * each.
   */
  limitProblems(): readonly string[];
  /** Problems of the file, for users. */
  warnings(): readonly Notice[];
}

/** Who may currently call the HTTP server. */
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
  /** Applies to the next request; a host applies to the next `listen`. */
  configure(change: Partial<Pick<AccessRules, 'host' | 'token' | 'allowedOrigins'>>): void;
  /** @throws AppError if the port is not available; the server is then unchanged */
  listen(port: number): Promise<void>;
  /**
   * Rejects new calls (503), waits at most `graceMs` for those in progress, then closes. `listen` opens it
   * again.
   */
  stop(graceMs: number): Promise<void>;
  /** Every route, with an example command for `base`. */
  endpoints(base: string): Promise<Omit<Endpoint, 'on'>[]>;
}
