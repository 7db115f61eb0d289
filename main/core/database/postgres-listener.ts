import { Client } from 'pg';
import type { Log } from '../lib/log/log.ts';
import { within } from '../lib/with-timeout.ts';
import { requireTls } from './postgres-tls.ts';

export interface ListenerParts {
  url: string;
  /** A plain name. */
  channel: string;
  log: Log;
  heard(message: string): void;
  /** Called when it listens again after an interruption. */
  missed(): void;
}

const minWaitMs = 500;
const maxWaitMs = 10_000;
const closeMs = 1000;

/** A separate connection for NOTIFY, restored whenever it breaks. It does not keep the process running. */
export class PostgresListener {
  readonly #parts: ListenerParts;
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #waitMs = minWaitMs;
  #closed = false;

  constructor(parts: ListenerParts) {
    this.#parts = parts;
    void this.#connect();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await within(closeMs, this.#client?.end() ?? Promise.resolve(), '').catch(() => {});
  }

  async #connect(): Promise<void> {
    const { url, channel, heard, missed } = this.#parts;
    try {
      requireTls(url);
      const client = new Client({
        connectionString: url,
        application_name: 'comfyvn-llm-panel listener',
        connectionTimeoutMillis: 3000,
        keepAlive: true,
      });
      this.#client = client;
      client.on('error', () => this.#broken(client));
      client.on('end', () => this.#broken(client));
      client.on('notification', ({ payload }) => heard(payload ?? ''));
      await client.connect();
      await client.query(`listen ${channel}`);
      if (this.#closed) return void client.end().catch(() => {});
      (client as Client & { unref(): void }).unref();
      this.#waitMs = minWaitMs;
      missed();
    } catch (error) {
      this.#parts.log.debug(`no notifications from other machines for now: ${String(error)}`);
      this.#broken(this.#client);
    }
  }

  #broken(client: Client | undefined): void {
    if (this.#closed || client !== this.#client || this.#timer) return;
    void client?.end().catch(() => {});
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#connect();
    }, this.#waitMs);
    this.#timer.unref();
    this.#waitMs = Math.min(maxWaitMs, this.#waitMs * 2);
  }
}
