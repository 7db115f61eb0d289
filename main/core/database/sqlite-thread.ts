/**
 * The thread SQLite lives in, as text: it has to run from source, from the bundle and from an archive alike.
 * A failed checkpoint, a lock or a slow disk holds up this thread, never a call. It ends by itself: a thread that is
 * terminated inside the driver takes the whole process with it.
 */
export const threadSource = `
const { parentPort, workerData } = require('node:worker_threads');
const { createRequire } = require('node:module');
let db;
const statements = new Map();
const withStatement = (key, textOf, use) => {
  let statement = statements.get(key);
  if (!statement) {
    if (statements.size >= 100) statements.clear();
    statements.set(key, (statement = db.prepare(textOf())));
  }
  try {
    return use(statement);
  } catch (error) {
    // One that met a lock stays under way for as long as it is kept.
    statements.delete(key);
    throw error;
  }
};
// A third of a row is null, and each value that is bound costs more than all the rest of it.
const shapeOf = (row) => row.reduce((key, value, i) => (value === null ? key : key + ' ' + i), '');
const insert = (table, columns, rows, shape, otherwise) => {
  const values = [];
  for (const row of rows) for (const value of row) if (value !== null) values.push(value);
  const textOf = () => {
    const names = columns.filter((_name, i) => rows[0][i] !== null);
    const one = '(' + names.map(() => '?').join(', ') + ')';
    return 'insert into ' + table + ' (' + names.join(', ') + ') values ' + rows.map(() => one).join(', ') + otherwise;
  };
  const key = [table, rows.length, shape, otherwise].join();
  return withStatement(key, textOf, (statement) => statement.run(values).changes);
};
// Rows of one shape go into one statement, so many at once: more save no time, and what is kept takes memory for each row.
const sizes = [8, 1];
const isAbandoned = () => Atomics.load(workerData.abandoned, 0) === 1;
const rowsOf = ({ buffer, byteOffset, length }) => {
  // Once this thread is given up, the memory may hold other rows.
  if (isAbandoned()) throw new Error('the thread was given up');
  return JSON.parse('[' + Buffer.from(buffer, byteOffset, length) + ']');
};
const insertAll = ({ table, columns, values }) => values.forEach((text) => {
  const all = rowsOf(text);
  const shapes = all.map(shapeOf);
  for (let at = 0, end = 0; at < all.length; ) {
    while (end < all.length && shapes[end] === shapes[at]) end++;
    const size = sizes.find((one) => one <= end - at);
    insert(table, columns, all.slice(at, at + size), shapes[at], '');
    at += size;
  }
});
const end = () => {
  try { db?.close(); } finally { parentPort.close(); }
};
const query = ({ sql, parameters }) =>
  withStatement(sql, () => sql, (statement) =>
    statement.reader
      ? { rows: statement.all(parameters) }
      : { rows: [], changes: statement.run(parameters).changes });
const work = {
  open: () => { db = new (createRequire(workerData.from)('libsql'))(workerData.file); },
  run: ({ sql }) => { db.exec(sql); },
  query,
  insert: ({ table, columns, values }) => {
    const isNew = (row) => insert(table, columns, [row], shapeOf(row), ' on conflict (id) do nothing') > 0;
    return { rows: values.flatMap(rowsOf).filter(isNew).map((row) => row[0]) };
  },
  write: ({ inserts, then }) => {
    db.exec('begin immediate');
    try {
      inserts.forEach(insertAll);
      if (then) query(then);
      db.exec('commit');
      return { changes: 1 };
    } catch (error) {
      // SQLite has already rolled back after some failures.
      try { db.exec('rollback'); } catch {}
      if (/^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)/.test(error.code)) return { changes: 0 };
      throw error;
    }
  },
  transaction: ({ statements }) => {
    db.exec('begin immediate');
    try {
      const rows = statements.map((statement) => query(statement).rows);
      db.exec('commit');
      return { rows };
    } catch (error) {
      // SQLite has already rolled back after some failures.
      try { db.exec('rollback'); } catch {}
      throw error;
    }
  },
  close: end,
};
parentPort.on('message', (request) => {
  if (isAbandoned()) return end();
  try {
    parentPort.postMessage({ ...work[request.op](request) });
  } catch (error) {
    parentPort.postMessage({ failed: { code: error.code ?? '', message: error.message } });
  }
});
`;
