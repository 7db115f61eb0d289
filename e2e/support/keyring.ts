import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessOutput } from './process-output.ts';

const tools = ['dbus-run-session', 'gnome-keyring-daemon'];

/** Whether this machine can run a GNOME keyring of its own, and what it lacks if not. */
export function missingKeyringTools(): string[] {
  return tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
}

/** A bus that starts nothing by itself: no second keyring, and no prompt that would wait for a person. */
const busConfig = `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
`;

/** A folder for the keyrings of one person. */
export function makeKeyringHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'panel-keyring-'));
  mkdirSync(join(home, 'run'), { mode: 0o700 });
  writeFileSync(join(home, 'bus.conf'), busConfig);
  return home;
}

export function removeKeyringHome(home: string): void {
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}

/** Tells the desktop app to ask the keyring, as it does by itself on a GNOME desktop. */
export const keyringArgs = ['--password-store=gnome-libsecret'];

export interface Session {
  /** For the app that is to use it. */
  env: Record<string, string>;
  args: string[];
  stop(): Promise<void>;
}

/** A desktop that Chromium knows no keyring for. */
export const noKeyring: Session = { env: {}, args: ['--password-store=basic'], stop: async () => {} };

const withKeyring =
  'printf %s "$KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets && echo "bus $DBUS_SESSION_BUS_ADDRESS" && cat';

/**
 * A session bus of its own with a real GNOME keyring, unlocked by a password as a login does it.
 * @param home of `makeKeyringHome`; a later session with the same one has the same keyring
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
