import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { icnsOf, icoOf } from './icon-files.mjs';
import { projectRoot } from './project.mjs';

const picture = (size) => ({ size, png: Buffer.from(`picture of ${size}`) });
const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

test('the ICO header locates each image, and writes 256 as 0', () => {
  const ico = icoOf([picture(16), picture(256)]);
  expect([ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([1, 2]);
  expect([ico.readUInt8(6), ico.readUInt8(22)]).toEqual([16, 0]);
  for (const [at, size] of [
    [6, 16],
    [22, 256],
  ]) {
    const [length, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)];
    expect(ico.toString('utf8', offset, offset + length)).toBe(`picture of ${size}`);
  }
});

test('the ICNS lengths are those that a reader skips by', () => {
  const icns = icnsOf([picture(32), picture(256)]);
  expect([icns.toString('ascii', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
  const types = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
    types.push(icns.toString('ascii', at, at + 4));
  expect(types).toEqual(['ic11', 'ic08', 'ic13']);
});

test('the packaged icons are valid, with the sizes that each system needs', () => {
  const read = (name) => readFileSync(join(projectRoot, 'packaging', name));
  const sizes = [16, 32, 48, 64, 128, 256, 512];
  const found = sizes.map((size) => {
    const png = read(`icons/${size}x${size}.png`);
    return [png.subarray(0, 4).equals(pngMagic), png.readUInt32BE(16), png.readUInt32BE(20)];
  });
  expect(found).toEqual(sizes.map((size) => [true, size, size]));
  const ico = read('icon.ico');
  expect(ico.readUInt16LE(4)).toBe(7);
  expect(ico.subarray(ico.readUInt32LE(18), ico.readUInt32LE(18) + 4).equals(pngMagic)).toBe(true);
  const icns = read('icon.icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  expect(icns.includes('ic10')).toBe(true);
});
