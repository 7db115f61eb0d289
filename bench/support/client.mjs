import { connect } from 'node:net';

// A minimal HTTP client: one connection, one request at a time, bodies read as they arrive. Its own cost must be small
// compared with what is measured.

const headEnd = Buffer.from('\r\n\r\n');

/** A POST as bytes. */
export function requestBytes(url, headers, body) {
  const { pathname, host } = new URL(url);
  const bytes = Buffer.from(JSON.stringify(body));
  const all = { host, 'content-type': 'application/json', 'content-length': bytes.length, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`), bytes]);
}

export class Client {
  #url;
  #socket;
  #state = 'head';
  #buffered;
  #remaining = 0;
  #line = '';
  #onBody;
  #done;
  status = 0;

  constructor(url) {
    this.#url = new URL(url);
  }

  async #open() {
    const socket = connect({ host: this.#url.hostname, port: Number(this.#url.port), noDelay: true });
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    socket.on('error', () => {});
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('close', () => {
      this.#socket = undefined;
      this.#end(new Error('the connection was closed'));
    });
    this.#socket = socket;
  }

  /** Sends one request; resolves with the status when the whole answer has arrived. */
  async request(bytes, onBody) {
    if (!this.#socket) await this.#open();
    this.#state = 'head';
    this.#buffered = undefined;
    this.#onBody = onBody;
    return new Promise((resolve, reject) => {
      this.#done = (error) => (error ? reject(error) : resolve(this.status));
      this.#socket.write(bytes);
    });
  }

  #end(error) {
    const done = this.#done;
    this.#done = undefined;
    done?.(error);
  }

  #read(chunk) {
    let data = this.#buffered ? Buffer.concat([this.#buffered, chunk]) : chunk;
    this.#buffered = undefined;
    while (data?.length) data = this.#state === 'head' ? this.#readHead(data) : this.#readBody(data);
  }

  #readHead(data) {
    const end = data.indexOf(headEnd);
    if (end < 0) return void (this.#buffered = data);
    const head = data.latin1Slice(0, end).toLowerCase();
    this.status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
    this.#remaining = Number(length ?? 0);
    this.#line = '';
    this.#state = length === undefined ? 'size' : 'whole';
    if (length === '0') this.#end();
    return data.subarray(end + 4);
  }

  #readBody(data) {
    if (this.#state === 'size') return this.#readSize(data);
    const piece = data.subarray(0, this.#remaining);
    this.#remaining -= piece.length;
    if (this.#state !== 'skip') this.#onBody?.(piece);
    if (this.#remaining === 0) {
      if (this.#state === 'whole') this.#end();
      else this.#state = this.#state === 'chunk' ? 'skip' : 'size';
      if (this.#state === 'skip') this.#remaining = 2;
      this.#line = '';
    }
    return data.subarray(piece.length);
  }

  #readSize(data) {
    const end = data.indexOf(10);
    if (end < 0) return void (this.#line += data.latin1Slice());
    const size = Number.parseInt(this.#line + data.latin1Slice(0, end), 16);
    this.#line = '';
    if (Number.isNaN(size)) {
      // The empty line after the last chunk.
      this.#end();
      return data.subarray(end + 1);
    }
    if (size > 0) {
      this.#remaining = size;
      this.#state = 'chunk';
    }
    return data.subarray(end + 1);
  }

  close() {
    this.#socket?.destroy();
  }
}
