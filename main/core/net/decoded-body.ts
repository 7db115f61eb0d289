import { once } from 'node:events';
import * as zlib from 'node:zlib';
import { HttpBody } from './http-body.ts';
import { TransportError } from './transport-error.ts';
import type { HttpReply } from './transport.ts';

type Decoder = ReturnType<typeof zlib.createGunzip>;

/** Node added Zstandard in 22.15: https://nodejs.org/api/zlib.html#zlibcreatezstddecompressoptions */
const zstd = (zlib as { createZstdDecompress?: () => Decoder }).createZstdDecompress;

const decoders: Readonly<Record<string, (() => Decoder) | undefined>> = {
  gzip: () => zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  'x-gzip': () => zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  deflate: () => zlib.createInflate({ finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  br: () => zlib.createBrotliDecompress({ finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }) as Decoder,
  ...(zstd ? { zstd } : {}),
};

/**
 * A reply with its body decompressed. We do not request compression, but some servers compress anyway.
 * @throws TransportError `provider_bad_reply` that names an unsupported encoding
 */
export function decodedReply(reply: HttpReply): HttpReply {
  const encoding = (reply.headers['content-encoding'] ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return reply;
  const create = decoders[encoding];
  if (!create) {
    reply.body.destroy();
    throw new TransportError(
      'provider_bad_reply',
      `the reply is compressed as "${encoding}", which was not requested and is not supported`,
      { status: reply.status, hint: 'turn compression off at the server, or at the proxy in front of it' },
    );
  }
  const { 'content-encoding': _encoding, 'content-length': _length, ...headers } = reply.headers;
  return { status: reply.status, headers, body: decodedBody(reply.body, create(), encoding) };
}

function decodedBody(packed: HttpBody, decoder: Decoder, encoding: string): HttpBody {
  const body = new HttpBody({
    pause: () => void decoder.pause(),
    resume: () => void decoder.resume(),
    abort(reason) {
      packed.destroy(reason);
      decoder.destroy();
    },
  });
  decoder.on('data', (chunk: Buffer) => body.push(chunk));
  decoder.on('end', () => body.finish());
  decoder.on('error', (error) =>
    body.finish(
      new TransportError(
        'provider_bad_reply',
        `the reply cannot be decoded as "${encoding}", the encoding it declares: ${error.message}`,
      ),
    ),
  );
  packed
    .read(async (chunk) => {
      if (!decoder.write(chunk)) await once(decoder, 'drain');
    })
    .then(
      () => decoder.end(),
      (error: Error) => {
        body.finish(error);
        decoder.destroy();
      },
    );
  return body;
}
