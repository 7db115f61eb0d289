import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import {
  temporaryFolder,
  testCore,
  withTheTest,
  type AtEnd,
  type TestCore,
  type TestCoreOptions,
} from '../../core/__fixtures__/test-core.ts';
import { loadShell } from '../../core/app/panel-page.ts';
import { accessFrom } from '../access.ts';
import { createHttpTransport, type HttpTransport, type Patience } from '../listen.ts';
import { holdToDocument } from './conformance.ts';

export interface TestServerOptions extends TestCoreOptions {
  /** Serves a panel with these files (by path; `index.html` always exists), and with it `/rpc/*`. */
  panel?: Record<string, string> | true;
  /** Time limits for callers; the production defaults if unset. */
  patience?: Patience;
}

export interface Call {
  method?: string;
  path: string;
  headers?: OutgoingHttpHeaders;
  /** An object is sent as JSON with its content type; a string or bytes are sent unchanged, without one. */
  body?: unknown;
  /** Sends the body chunked, without a length. */
  chunked?: boolean;
  /** Omits the Host header. */
  withoutHost?: boolean;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json(): Record<string, unknown>;
}

export interface TestServer extends TestCore {
  transport: HttpTransport;
  url: string;
  port: number;
  /** The token that `/rpc/*` requires. */
  panelToken: string;
  /** Sends one request on its own connection. */
  send(call: Call): Promise<Reply>;
}

/** Sends one request over a real socket. */
export function send(port: number, call: Call): Promise<Reply> {
  const { body } = call;
  const raw = typeof body === 'string' || Buffer.isBuffer(body);
  const bytes = body === undefined ? undefined : raw ? body : JSON.stringify(body);
  const headers: OutgoingHttpHeaders = {
    ...(raw || body === undefined ? {} : { 'content-type': 'application/json' }),
    ...call.headers,
  };
  if (bytes !== undefined && !call.chunked) headers['content-length'] ??= Buffer.byteLength(bytes);
  if (call.chunked) headers['transfer-encoding'] = 'chunked';
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method: call.method ?? 'GET',
      path: call.path,
      headers,
      agent: false,
      setHost: !call.withoutHost,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const json = () => JSON.parse(text) as Record<string, unknown>;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      });
    });
    request.end(bytes);
  });
}

/** Sends bytes over a socket; returns everything received until the server closes it. */
export async function rawExchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return text;
}

/** A built panel of these files. */
export function panelFolder(files: Record<string, string>, atEnd: AtEnd = withTheTest): string {
  const folder = join(temporaryFolder(atEnd), 'renderer');
  for (const [path, text] of Object.entries({
    'index.html': '<!doctype html><title>panel</title>',
    ...files,
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The HTTP server over a test core, on a free port; the clock is the core's. Closed as its core is. */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { atEnd = withTheTest } = options;
  const tested = testCore(options);
  const access = accessFrom(tested.env, '127.0.0.1', options.panel !== undefined);
  const shell = options.panel
    ? loadShell(panelFolder(options.panel === true ? {} : options.panel, atEnd))
    : null;
  const transport = createHttpTransport(tested.core, access, shell, tested.clock.now, options.patience);
  tested.core.server.attach(transport);
  atEnd(() => transport.close());
  await transport.listen(0);
  const url = transport.status().listening ?? '';
  const port = Number(new URL(url).port);
  holdToDocument(port, atEnd);
  return {
    ...tested,
    transport: transport,
    url,
    port,
    panelToken: access.panelToken,
    send: (call) => send(port, call),
  };
}
