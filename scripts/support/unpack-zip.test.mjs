import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unpackZip } from './unpack-zip.mjs';

// Made by Info-ZIP 3.0 (`zip -y`): App/text deflated, App/empty, App/bin/run executable, App/bin/link to it.
const SAMPLE = Buffer.from(
  'UEsDBAoAAAAAAHKXdl0AAAAAAAAAAAAAAAAEABwAQXBwL1VUCQADmDsDa5g7A2t1eAsAAQQAAAAABAAAAABQSwMEFAAAAAgA' +
    'cpd2XZHaE4oHAAAAOQAAAAgAHABBcHAvdGV4dFVUCQADmDsDa5g7A2t1eAsAAQQAAAAABAAAAABLTCQPcAEAUEsDBAoAAAAA' +
    'AHKXdl0AAAAAAAAAAAAAAAAJABwAQXBwL2VtcHR5VVQJAAOYOwNrmDsDa3V4CwABBAAAAAAEAAAAAFBLAwQKAAAAAAByl3Zd' +
    'AAAAAAAAAAAAAAAACAAcAEFwcC9iaW4vVVQJAAOYOwNrmDsDa3V4CwABBAAAAAAEAAAAAFBLAwQKAAAAAAByl3ZdwKR2UAMA' +
    'AAADAAAADAAcAEFwcC9iaW4vbGlua1VUCQADmDsDa5g7A2t1eAsAAQQAAAAABAAAAABydW5QSwMECgAAAAAAcpd2XXnUPxcV' +
    'AAAAFQAAAAsAHABBcHAvYmluL3J1blVUCQADmDsDa5g7A2t1eAsAAQQAAAAABAAAAAAjIS9iaW4vc2gKZWNobyBoZWxsbwpQ' +
    'SwECHgMKAAAAAAByl3ZdAAAAAAAAAAAAAAAABAAYAAAAAAAAABAA7UEAAAAAQXBwL1VUBQADmDsDa3V4CwABBAAAAAAEAAAA' +
    'AFBLAQIeAxQAAAAIAHKXdl2R2hOKBwAAADkAAAAIABgAAAAAAAEAAACggT4AAABBcHAvdGV4dFVUBQADmDsDa3V4CwABBAAA' +
    'AAAEAAAAAFBLAQIeAwoAAAAAAHKXdl0AAAAAAAAAAAAAAAAJABgAAAAAAAAAAACkgYcAAABBcHAvZW1wdHlVVAUAA5g7A2t1' +
    'eAsAAQQAAAAABAAAAABQSwECHgMKAAAAAAByl3ZdAAAAAAAAAAAAAAAACAAYAAAAAAAAABAA7UHKAAAAQXBwL2Jpbi9VVAUA' +
    'A5g7A2t1eAsAAQQAAAAABAAAAABQSwECHgMKAAAAAAByl3ZdwKR2UAMAAAADAAAADAAYAAAAAAAAAAAA/6EMAQAAQXBwL2Jp' +
    'bi9saW5rVVQFAAOYOwNrdXgLAAEEAAAAAAQAAAAAUEsBAh4DCgAAAAAAcpd2XXnUPxcVAAAAFQAAAAsAGAAAAAAAAQAAAO2B' +
    'VQEAAEFwcC9iaW4vcnVuVVQFAAOYOwNrdXgLAAEEAAAAAAQAAAAAUEsFBgAAAAAGAAYA2AEAAK8BAAAAAA==',
  'base64',
);
// Made by Python's zipfile: one entry called ../evil.
const EVIL = Buffer.from(
  'UEsDBBQAAAAAAHKXdl2DFtyMAQAAAAEAAAAHAAAALi4vZXZpbHhQSwECFAMUAAAAAAByl3ZdgxbcjAEAAAABAAAABwAAAAAA' +
    'AAAAAAAAgAEAAAAALi4vZXZpbFBLBQYAAAAAAQABADUAAAAmAAAAAAA=',
  'base64',
);

let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'unpack-zip-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function unpack(bytes, location = (name) => name) {
  writeFileSync(join(folder, 'a.zip'), bytes);
  return unpackZip(join(folder, 'a.zip'), join(folder, 'out'), location);
}

// Windows has no executable bits, and only some users may create links.
test.skipIf(process.platform === 'win32')('content, executable bits and links are preserved', async () => {
  await unpack(SAMPLE);
  expect(readFileSync(join(folder, 'out/App/text'), 'utf8')).toBe(`${'a'.repeat(56)}\n`);
  expect(statSync(join(folder, 'out/App/empty')).size).toBe(0);
  expect(statSync(join(folder, 'out/App/bin/run')).mode & 0o777).toBe(0o755);
  expect(statSync(join(folder, 'out/App/text')).mode & 0o777).toBe(0o640);
  expect(readlinkSync(join(folder, 'out/App/bin/link'))).toBe('run');
});

test('entries can be renamed and skipped', async () => {
  await unpack(SAMPLE, (name) => (name.startsWith('App/bin/') ? null : name.replace('App/text', 'renamed')));
  expect(statSync(join(folder, 'out/renamed')).size).toBe(57);
  expect(() => statSync(join(folder, 'out/App/bin'))).toThrow('ENOENT');
});

test('a changed byte is refused', async () => {
  const damaged = Buffer.from(SAMPLE);
  const at = damaged.indexOf('#!/bin/sh');
  damaged[at + 2] ^= 1;
  await expect(unpack(damaged)).rejects.toThrow('App/bin/run does not match its checksum');
});

test('a truncated file is refused', async () => {
  await expect(unpack(SAMPLE.subarray(0, -30))).rejects.toThrow('cut short');
});

test('a name outside the folder is refused', async () => {
  await expect(unpack(EVIL)).rejects.toThrow('outside its folder: ../evil');
  expect(() => statSync(join(folder, 'evil'))).toThrow('ENOENT');
});
