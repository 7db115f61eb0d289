import { batchTrial } from './support/batch-trial.mjs';

// 5,000 lines, 5 % failures, three kills. Build first: npm run build
const lines = Number(process.argv[2] ?? 5000);
const { rows, paidTwice, memory, ...figures } = await batchTrial({ lines, log: console.log });
console.log({ ...figures, rows: rows.length, paidTwice: paidTwice.length, memoryMb: memory.join(' ') });
const ids = new Set(rows.map((row) => row.id));
const good = rows.length === lines && ids.size === lines && figures.inOrder && paidTwice.length === 0;
console.log(good ? 'every line once, none paid twice' : 'FAILED');
process.exitCode = good ? 0 : 1;
