import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteRange } from './byte-range.ts';
import { EventBlocks } from './event-blocks.ts';
import { maxEventBytes } from './framing.ts';
import { TransportError } from '../transport-error.ts';

function cut(...chunks: string[]): string[] {
  const blocks = new EventBlocks();
  const out = chunks.flatMap((chunk) => blocks.push(Buffer.from(chunk)));
  return [...out, blocks.rest()].map(textOf);
}

const bytesOf = ({ of, from, to }: ByteRange) => of.subarray(from, to);
const textOf = (range: ByteRange) => String(bytesOf(range));

describe('blocks of an event stream', () => {
  it('end after a blank line, with any line ending', () => {
    expect(cut('data: 1\n\ndata: 2\n\n')).toEqual(['data: 1\n\n', 'data: 2\n\n', '']);
    expect(cut('data: 1\r\n\r\nevent: x\r\ndata: 2\r\n\r\n')).toEqual([
      'data: 1\r\n\r\n',
      'event: x\r\ndata: 2\r\n\r\n',
      '',
    ]);
    expect(cut(': still here\n\ndata: 1')).toEqual([': still here\n\n', 'data: 1']);
  });

  it('arrive as soon as their blank line does, wherever the network splits them', () => {
    const blocks = new EventBlocks();
    expect(blocks.push(Buffer.from('data: 1\r\n\r'))).toEqual([]);
    expect(blocks.push(Buffer.from('\n')).map(textOf)).toEqual(['data: 1\r\n\r\n']);
    expect(blocks.push(Buffer.from('data: 2\n'))).toEqual([]);
    expect(blocks.push(Buffer.from('\nda')).map(textOf)).toEqual(['data: 2\n\n']);
    expect(textOf(blocks.rest())).toBe('da');
  });

  it('are the same for any split, and add up to the exact bytes', () => {
    const piece = fc.constantFrom('\n', '\r\n', '\r', 'data: {"a":1}', ': ping', 'ü', '\n\n', '\r\n\r\n');
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(40)), (pieces, cuts) => {
        const whole = Buffer.from(pieces.join(''));
        const blocks = new EventBlocks();
        const got: string[] = [];
        let from = 0;
        for (const size of [...cuts, whole.length]) {
          got.push(
            ...blocks.push(whole.subarray(from, from + size)).map((block) => bytesOf(block).toString('hex')),
          );
          from += size;
        }
        got.push(bytesOf(blocks.rest()).toString('hex'));
        expect(got.join('')).toBe(whole.toString('hex'));
        const once = new EventBlocks();
        expect(got).toEqual(
          [...once.push(whole), once.rest()].map((block) => bytesOf(block).toString('hex')),
        );
      }),
    );
  });

  it('without an end are refused before they fill the memory', () => {
    const blocks = new EventBlocks();
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    const fill = () => {
      for (let sent = 0; sent <= maxEventBytes; sent += megabyte.length) blocks.push(megabyte);
    };
    expect(fill).toThrow(TransportError);
  });
});
