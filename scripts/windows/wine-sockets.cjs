// Preloaded under wine before 9 only: it knows no TCP_KEEPIDLE, so a connection that asks for keep-alive probes fails there.
const net = require('node:net');

const { connect } = net.Socket.prototype;

/** The options of a connect, which Node also passes as the first of a list it has already sorted. */
function withoutProbes(options) {
  if (options === null || typeof options !== 'object') return options;
  if (Array.isArray(options)) {
    // Node marks its own list by a symbol: it has to stay the same list.
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

// The constructor of a socket keeps the option and applies it once it is connected.
for (const name of ['connect', 'createConnection']) {
  const original = net[name];
  net[name] = (options, ...rest) => original(withoutProbes(options), ...rest);
}
require('node:module').syncBuiltinESMExports();
