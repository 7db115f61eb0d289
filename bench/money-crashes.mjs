import { moneyTrial } from './support/money-trial.mjs';
import { startPostgres } from './support/postgres.mjs';

// 200 kills with 50 calls under way, on SQLite and on PostgreSQL (which is stopped, restarted and cut off in between).
// Build first: npm run build. node bench/money-crashes.mjs [kills] [sqlite|postgres]
const kills = Number(process.argv[2] ?? 200);
const only = process.argv[3];
const postgres = only === 'sqlite' ? null : await startPostgres();
if (!postgres && only !== 'sqlite') console.log('No PostgreSQL: only SQLite is tried.');
const usd = (amount) => amount.toFixed(4);
for (const [name, location] of [
  ['sqlite', null],
  ['postgres', postgres],
]) {
  if ((only && only !== name) || (name === 'postgres' && !location)) continue;
  const trial = await moneyTrial({
    kills,
    postgres: location,
    log: (text) => console.log(`${name}: ${text}`),
  });
  const { billed, settled, unknown, reserved, ledger, calls, seconds } = trial;
  console.log({
    database: name,
    kills,
    calls,
    upstream_usd: usd(billed),
    ledger_usd: usd(ledger),
    settled_usd: usd(settled),
    unknown_usd: usd(unknown),
    reserved_usd: usd(reserved),
    seconds: Math.round(seconds),
  });
  const holds = settled <= billed + 1e-6 && billed <= ledger + 1e-6;
  console.log(holds ? 'the ledger is never below the bill, and above it by no more than is open' : 'FAILED');
  if (!holds) process.exitCode = 1;
}
await postgres?.stop();
