import { batchTrial } from './support/batch-trial.mjs';

// A batch of 5,000 lines, of which 5 % fail, killed three times. Build first: npm run build
const lines = Number(process.argv[2] ?? 5000);
const { rows, paidTwice, memory, ...figures } = await batchTrial({ lines, log: console.log });
console.log({ ...figures, rows: rows.length, paidTwice: paidTwice.length, memoryMb: memory.join(' ') });
const ids = new Set(rows.map((row) => row.id));
const good = rows.length === lines && ids.size === lines && figures.inOrder && paidTwice.length === 0;
console.log(good ? 'every line once, no line paid twice' : 'FAILED');
process.exitCode = good ? 0 : 1;
