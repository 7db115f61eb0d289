import { expect, test } from 'vitest';
import {
  formatBytes,
  formatContext,
  formatCount,
  formatDuration,
  formatPrice,
  formatSeconds,
  formatUsd,
} from './format.ts';

test('a small amount is never shown as 0', () => {
  expect([0, 0.0000001, 0.0000152, 0.00166, 0.0123, 0.25, 12.345].map(formatUsd)).toEqual([
    '$0',
    '< $0.000001',
    '$0.000015',
    '$0.0017',
    '$0.012',
    '$0.25',
    '$12.35',
  ]);
});

test('a price keeps its digits, and has at least two decimals if it has one', () => {
  expect([2, 0.15, 0.075, 2.5, 10, 0.0791, 120].map(formatPrice)).toEqual([
    '$2',
    '$0.15',
    '$0.075',
    '$2.50',
    '$10',
    '$0.0791',
    '$120',
  ]);
});

test('bytes and context windows have short units, and counts have separators', () => {
  expect([0, 1023, 1536, 5 * 1024 * 1024].map(formatBytes)).toEqual(['0 B', '1023 B', '1.5 kB', '5.0 MB']);
  expect([4096, 32_768, 128_000, 200_000, 1_000_000, 1_048_576, 500].map(formatContext)).toEqual([
    '4.1k',
    '33k',
    '128k',
    '200k',
    '1M',
    '1.05M',
    '500',
  ]);
  expect(formatCount(1_234_567)).toBe('1,234,567');
});

test('60 seconds are shown as a minute', () => {
  expect([0.4, 999, 1000, 59_940, 59_960, 125_000].map(formatDuration)).toEqual([
    '0 ms',
    '999 ms',
    '1.0 s',
    '59.9 s',
    '1 min 00 s',
    '2 min 05 s',
  ]);
});

test('an estimate has whole seconds', () => {
  expect([0, 400, 1500, 59_400, 59_600, 125_000].map(formatSeconds)).toEqual([
    '1 s',
    '1 s',
    '2 s',
    '59 s',
    '1 min 00 s',
    '2 min 05 s',
  ]);
});
