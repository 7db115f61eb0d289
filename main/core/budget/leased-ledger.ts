import type { DayTotal, Ledger, Reserved } from './ledger.ts';

/** Money set aside once for several calls to come. */
interface Lease {
  id: string;
  day: string;
  limit: number;
  amount: number;
  /** Not promised to a call yet. */
  left: number;
  /** Promised to calls under way, and how many they are. */
  promised: number;
  calls: number;
  /** What the calls that are over came to. */
  actual: number;
  /** No call draws from it any more. */
  retired: boolean;
}

/** A lease is for so many calls at first, and for at most so many when calls come fast. */
const fewest = 16;
const most = 4096;
/** Only a day with room for so many calls like this one has leases: near its limit every call is asked for. */
const room = 256;
/** A lease is at most this part of what is left, so that other machines are not refused for its sake. */
const share = 16;
/** After so long it is settled: what is lost with a server that dies is what its last second cost. */
const leaseMs = 1000;

/**
 * A ledger over another one, which it asks for many calls at once: a call that is cheap beside what the day has left
 * waits for no database. Spent and set aside together are never less than what calls can come to, here and in the
 * ledger below, so that no limit is passed, on however many machines.
 */
export class LeasedLedger implements Ledger {
  readonly #below: Ledger;
  readonly #draws = new Map<string, { lease: Lease; amount: number }>();
  readonly #open = new Set<Lease>();
  #lease: Lease | undefined;
  #opening: Promise<unknown> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #size = fewest;
  #count = 0;

  constructor(below: Ledger) {
    this.#below = below;
  }

  /** At once where the lease there is suffices, which is nearly always. */
  reserve(day: string, amount: number, limit: number): Reserved | Promise<Reserved> {
    // Nobody knows what such a call can come to: the next one has to see what it did.
    if (amount === 0) return this.#below.reserve(day, amount, limit);
    return this.#draw(day, amount, limit) ?? this.#openOrWait(day, amount, limit);
  }

  async #openOrWait(day: string, amount: number, limit: number): Promise<Reserved> {
    if (this.#opening) {
      await this.#opening;
      return this.#draw(day, amount, limit) ?? this.#below.reserve(day, amount, limit);
    }
    const opening = this.#ask(day, amount, limit);
    this.#opening = opening;
    try {
      return await opening;
    } finally {
      this.#opening = undefined;
    }
  }

  /** From the lease there is; undefined where it does not suffice. */
  #draw(day: string, amount: number, limit: number): Reserved | undefined {
    const lease = this.#lease;
    if (!lease || lease.day !== day || lease.limit !== limit || lease.left < amount) return undefined;
    lease.left -= amount;
    lease.promised += amount;
    lease.calls += 1;
    const id = `${lease.id} ${(this.#count += 1)}`;
    this.#draws.set(id, { lease, amount });
    return { id, spent: lease.actual, reserved: lease.amount, shared: true };
  }

  /** Asks below for this call, and where the day has room for the next ones too. */
  async #ask(day: string, amount: number, limit: number): Promise<Reserved> {
    const before = this.#lease;
    // Used up before its time: calls come fast.
    if (before?.day === day && before.limit === limit) this.#size = Math.min(this.#size * 2, most);
    this.#retire();
    const told = await this.#below.reserve(day, amount, limit);
    const left = limit - told.spent - told.reserved;
    if (told.id === null || !told.shared || left < amount * room) return told;
    const size = Math.min(amount * this.#size, Math.floor(left / share));
    const leased = await this.#below.reserve(day, size, limit);
    if (leased.id === null) return told;
    const lease = { id: leased.id, day, limit, amount: size, left: size };
    this.#lease = { ...lease, promised: 0, calls: 0, actual: 0, retired: false };
    this.#open.add(this.#lease);
    this.#timer = setTimeout(() => {
      this.#size = Math.max(fewest, this.#size / 2);
      this.#retire();
    }, leaseMs).unref();
    return told;
  }

  #retire(): void {
    clearTimeout(this.#timer);
    const lease = this.#lease;
    this.#lease = undefined;
    if (!lease) return;
    lease.retired = true;
    this.#settleIfOver(lease);
  }

  #settleIfOver(lease: Lease): void {
    if (!lease.retired || lease.calls > 0 || !this.#open.delete(lease)) return;
    this.#below.settle(lease.id, lease.actual);
  }

  settle(id: string, actual: number): void {
    const draw = this.#draws.get(id);
    if (!draw) return this.#below.settle(id, actual);
    this.#draws.delete(id);
    const { lease, amount } = draw;
    lease.promised -= amount;
    lease.calls -= 1;
    lease.actual += actual;
    // More than the most it could cost: every ledger has to know at once.
    if (actual > amount && lease === this.#lease) this.#retire();
    this.#settleIfOver(lease);
  }

  /** As it is for whoever looks: of a lease, what is spent is spent, and what nobody draws is not set aside. */
  async today(day: string): Promise<DayTotal> {
    await this.#opening?.catch(() => {});
    this.#retire();
    const { spent, reserved, shared } = await this.#below.today(day);
    const leases = [...this.#open].filter((lease) => lease.day === day);
    const idle = leases.reduce((sum, lease) => sum + lease.amount - lease.promised, 0);
    const done = leases.reduce((sum, lease) => sum + lease.actual, 0);
    return { spent: spent + done, reserved: reserved - idle, shared };
  }

  async close(): Promise<void> {
    this.#retire();
    // Calls that were cut off came to nothing that is known.
    for (const lease of this.#open) this.#below.settle(lease.id, lease.actual);
    this.#open.clear();
    this.#draws.clear();
    await this.#below.close();
  }
}
