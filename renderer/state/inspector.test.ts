import { expect, test } from 'vitest';
import { roomFor } from './inspector.ts';

const usual = { list: 240, railCollapsed: false };

test('at 1280 the inspector is beside a work pane of 640', () => {
  expect(roomFor(1280, 1, usual)).toEqual({ isDrawer: false, workMin: 640 });
});

test('the inspector becomes a drawer before the work pane gets too narrow', () => {
  expect(roomFor(1240, 1, usual)).toEqual({ isDrawer: true, workMin: 640 });
  expect(roomFor(1280, 1, { ...usual, list: 300 }).isDrawer).toBe(true);
  expect(roomFor(1240, 1, { ...usual, railCollapsed: true }).isDrawer).toBe(false);
});

test('large text needs more space', () => {
  expect(roomFor(1280, 1.3, usual).isDrawer).toBe(true);
  expect(roomFor(1640, 1.3, usual)).toEqual({ isDrawer: false, workMin: 832 });
});

test('in a narrower window the work pane keeps the rest', () => {
  expect(roomFor(960, 1.3, usual).workMin).toBe(960 - Math.ceil((72 + 176) * 1.3));
});
