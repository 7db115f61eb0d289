// Preload that imitates Windows' excluded port ranges (reserved by Hyper-V and others): listening on one of
// these ports fails with EACCES, not with EADDRINUSE. `netsh interface ipv4 show excludedportrange tcp` lists
// a machine's own ranges.
const net = require('node:net');

const [first, last] = (process.env.EXCLUDED_PORTS ?? '7913-8112').split('-').map(Number);
const { listen } = net.Server.prototype;

net.Server.prototype.listen = function listenAsWindows(options, ...rest) {
  const port = typeof options === 'object' && options !== null ? options.port : options;
  if (!(port >= first && port <= last)) return listen.call(this, options, ...rest);
  const address = (typeof options === 'object' && options?.host) || '::';
  const error = new Error(`listen EACCES: permission denied ${address}:${port}`);
  Object.assign(error, { errno: -4092, code: 'EACCES', syscall: 'listen', address, port });
  process.nextTick(() => this.emit('error', error));
  return this;
};
