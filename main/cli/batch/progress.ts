import type { CliHost } from '../host.ts';
import { usd } from '../print.ts';
import type { Outcome } from './outcome.ts';

const barWidth = 24;
const redrawMs = 200;

/** A duration in readable units. */
function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** Shows a batch's progress: one redrawn line on a terminal, else a line after each tenth of the batch. */
export class Progress {
  readonly #host: CliHost;
  readonly #total: number;
  readonly #started = performance.now();
  #finished = 0;
  #failed = 0;
  #usd = 0;
  #drawnAt = 0;
  #tenth = 0;

  constructor(host: CliHost, total: number) {
    this.#host = host;
    this.#total = total;
  }

  add(outcome: Outcome): void {
    this.#finished++;
    this.#usd += outcome.usd;
    if (!outcome.row['ok']) this.#failed++;
    const { err } = this.#host;
    const now = performance.now();
    if (err.isTTY) {
      if (now - this.#drawnAt < redrawMs && this.#finished < this.#total) return;
      this.#drawnAt = now;
      err.write(`\r\u001b[K${this.#text(now)}`);
      return;
    }
    const tenth = Math.floor((this.#finished / this.#total) * 10);
    if (tenth === this.#tenth) return;
    this.#tenth = tenth;
    err.write(`${this.#text(now)}\n`);
  }

  #text(now: number): string {
    const rate = this.#finished / Math.max(0.001, (now - this.#started) / 1000);
    const left = this.#total - this.#finished;
    const filled = Math.round((this.#finished / this.#total) * barWidth);
    const bar = this.#host.err.isTTY ? `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ` : '';
    const money =
      this.#usd > 0 ? ` · ${usd(this.#usd)}, about ${usd((this.#usd / this.#finished) * left)} to go` : '';
    const bad = this.#failed ? ` · ${this.#failed} failed` : '';
    return `${bar}${this.#finished}/${this.#total} · ${rate.toFixed(1)}/s · ${duration(left / rate)} left${money}${bad}`;
  }

  end(): void {
    if (this.#host.err.isTTY && this.#finished) this.#host.err.write('\n');
  }
}
