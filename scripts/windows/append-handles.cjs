// Preload for a rule of Windows that wine and Linux lack: a handle that was opened for appending cannot be
// truncated, because it has no FILE_WRITE_DATA right.
const promises = require('node:fs/promises');

const { open } = promises;

function notPermitted() {
  const error = new Error('EPERM: operation not permitted, ftruncate');
  return Object.assign(error, { errno: -4048, code: 'EPERM', syscall: 'ftruncate' });
}

promises.open = async function openAsWindows(path, flags, mode) {
  const handle = await open(path, flags, mode);
  if (typeof flags === 'string' && flags.startsWith('a'))
    handle.truncate = async () => Promise.reject(notPermitted());
  return handle;
};
require('node:module').syncBuiltinESMExports();
