import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessOutput } from './process-output.ts';

const tools = ['dbus-run-session', 'gnome-keyring-daemon'];

/** The missing programs that a GNOME keyring for tests needs. */
export function missingKeyringTools(): string[] {
  return tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
}

/** A bus that starts no services: no second keyring, and no prompt that would wait for a user. */
const busConfig = `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
`;

/** Creates a folder for the keyrings of one user. */
export function makeKeyringHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'panel-keyring-'));
  mkdirSync(join(home, 'run'), { mode: 0o700 });
  writeFileSync(join(home, 'bus.conf'), busConfig);
  return home;
}

export function removeKeyringHome(home: string): void {
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}

/** Makes the desktop app use the keyring, as it does by default on a GNOME desktop. */
export const keyringArgs = ['--password-store=gnome-libsecret'];

export interface Session {
  /** For the app that uses it. */
  env: Record<string, string>;
  args: string[];
  stop(): Promise<void>;
}

/** A desktop without a keyring that Chromium knows. */
export const noKeyring: Session = { env: {}, args: ['--password-store=basic'], stop: async () => {} };

const withKeyring =
  'printf %s "$KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets && echo "bus $DBUS_SESSION_BUS_ADDRESS" && cat';

/**
 * Starts a session bus with a real GNOME keyring, unlocked by a password as a login does it.
 * @param home from `makeKeyringHome`; a later session with the same folder has the same keyring
 */
export async function startSession(home: string, password: string): Promise<Session> {
  const env = {
    ...process.env,
    HOME: home,
    XDG_DATA_HOME: join(home, 'share'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_RUNTIME_DIR: join(home, 'run'),
    KEYRING_PASSWORD: password,
  };
  const child = spawn(
    'dbus-run-session',
    [`--config-file=${join(home, 'bus.conf')}`, '--', 'sh', '-c', withKeyring],
    { env },
  );
  const output = new ProcessOutput(child);
  const [, address = ''] = await output.match(/^bus (\S+)$/m);
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: address },
    args: keyringArgs,
    async stop() {
      child.stdin.end();
      await output.exit();
    },
  };
}
