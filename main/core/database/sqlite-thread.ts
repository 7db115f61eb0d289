/**
 * The SQLite thread's source, as text because it has to run from source, from the bundle and from an archive
 * alike. A failed checkpoint, a lock or a slow disk blocks this thread, never a call. It ends by itself,
 * because terminating a thread inside the driver ends the whole process.
 */
export const threadSource = `
const { parentPort, workerData } = require('node:worker_threads');
const { createRequire } = require('node:module');
let db, last;
const statements = new Map();
const query = ({ sql, parameters }) => {
  let statement = statements.get(sql);
  if (!statement) {
    if (statements.size >= 100) statements.clear();
    statements.set(sql, (statement = db.prepare(sql)));
  }
  try {
    return statement.reader
      ? { rows: statement.all(parameters) }
      : { rows: [], changes: statement.run(parameters).changes };
  } catch (error) {
    // One that met a lock stays under way for as long as it is kept.
    statements.delete(sql);
    throw error;
  }
};
const isAbandoned = () => Atomics.load(workerData.flags, 0) === 1;
const end = () => {
  try {
    db?.close();
  } finally {
    parentPort.close();
    Atomics.store(workerData.flags, 1, 1);
    Atomics.notify(workerData.flags, 1);
  }
};
const work = {
  open: () => {
    db = new (createRequire(workerData.from)('libsql'))(workerData.file);
    // The driver frees a connection twice unless one of its statements is freed later.
    try { last = db.prepare('select 1'); } catch {}
  },
  run: ({ sql }) => { db.exec(sql); },
  query,
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
