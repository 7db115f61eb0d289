// Preload for wine before 9, which does not support TCP_KEEPIDLE: a connection with keep-alive probes fails
// there.
const net = require('node:net');

const { connect } = net.Socket.prototype;

/** Removes the probes from the options of `connect`, which Node also passes inside a normalised argument list. */
function withoutProbes(options) {
  if (options === null || typeof options !== 'object') return options;
  if (Array.isArray(options)) {
    // Node marks its list with a symbol, so the same list has to be kept.
    options[0] = withoutProbes(options[0]);
    return options;
  }
  const { keepAlive: _asked, keepAliveInitialDelay: _delay, ...rest } = options;
  return rest;
}

net.Socket.prototype.connect = function connectWithoutProbes(options, ...rest) {
  return connect.call(this, withoutProbes(options), ...rest);
};
net.Socket.prototype.setKeepAlive = function setNoKeepAlive() {
  return this;
};

// The socket's constructor stores the option and applies it after connecting.
for (const name of ['connect', 'createConnection']) {
  const original = net[name];
  net[name] = (options, ...rest) => original(withoutProbes(options), ...rest);
}
require('node:module').syncBuiltinESMExports();
