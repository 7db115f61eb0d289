import type { PanelSettings, SettingsUpdate } from '../../contract/settings.ts';

/** What a host (Electron, plain Node, a test) lends to the core. The core knows no other machine. */
export interface Ports {
  host: 'desktop' | 'headless';
  version: string;
  /** The process environment, read once at start. */
  env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970; tests turn it. */
  now(): number;
  paths: Paths;
  secrets: SecretStore;
  settings: SettingsStore;
  /** Set when the window runs on the development Electron. */
  fallbackRuntime: string | null;
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

/** Keys saved in the panel. The environment is looked at elsewhere. */
export interface SecretStore {
  /** For the status bar: a keyring's name, or `session` when keys are kept in memory only. */
  readonly backend: string;
  get(provider: string): StoredKey | null;
  set(provider: string, value: StoredKey): Promise<void>;
  remove(provider: string): Promise<void>;
}

export interface SettingsStore {
  get(): PanelSettings;
  update(change: SettingsUpdate): PanelSettings;
}

/** The HTTP door as the core sees it. */
export interface ServerControl {
  status(): {
    listening: string | null;
    error: { code: string; message: string; try_port: number | null } | null;
  };
  listen(port: number): Promise<void>;
}
