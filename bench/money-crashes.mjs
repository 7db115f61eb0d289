import { moneyTrial } from './support/money-trial.mjs';
import { startPostgres } from './support/postgres.mjs';

// node bench/money-crashes.mjs [kills] [sqlite|postgres]: kills the server 200 times with 50 calls in progress, with SQLite
// and with PostgreSQL, which is also stopped, restarted and disconnected. Build first: npm run build
const kills = Number(process.argv[2] ?? 200);
const only = process.argv[3];
const postgres = only === 'sqlite' ? null : await startPostgres();
if (!postgres && only !== 'sqlite') console.log('PostgreSQL is not installed: only SQLite is tested.');
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
  const passed = settled <= billed + 1e-6 && billed <= ledger + 1e-6;
  console.log(passed ? 'the ledger is not below the bill, and the settled amount is not above it' : 'FAILED');
  if (!passed) process.exitCode = 1;
}
await postgres?.stop();
