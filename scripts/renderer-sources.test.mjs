import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from './support/project.mjs';

// Rules of the page that no type and no linter knows; each holds for files that are still to be written.
const renderer = join(projectRoot, 'renderer');
const sources = readdirSync(renderer, { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|node_modules/.test(name));
const textOf = (name) => readFileSync(join(renderer, name), 'utf8');

/** Handlers of keys on rows and buttons, into which nobody types. */
const withoutText = ['ui/data-table/data-table.tsx', 'ui/data-table/use-row-focus.ts'];

test('every handler of keys asks whether an input method is at work', () => {
  const handlers = sources.filter((name) => /onKey(Down|Up|Press)\b|'key(down|up|press)'/.test(textOf(name)));
  expect(handlers.filter((name) => !textOf(name).includes('isComposing(')).sort()).toEqual(withoutText);
  expect(handlers.length).toBeGreaterThan(withoutText.length + 4);
});

test('no text names a key by hand: a Mac has other ones', () => {
  // The key that stops a program in a terminal is Control on every system.
  const inTerminal = /Ctrl\+C where it was started/g;
  const named = sources
    .filter((name) => name.startsWith('messages'))
    .filter((name) => /\b(Ctrl|Alt|Cmd|Command|Shift)\+|⌘/.test(textOf(name).replace(inTerminal, '')));
  expect(named).toEqual([]);
});

describe('the stacks of fonts name one of each system for each script that games are written in', () => {
  const css = textOf('styles.css');
  const stack = (name) => new RegExp(`--font-${name}:([^;]+);`).exec(css)?.[1] ?? '';
  const fonts = {
    Windows: [/Yu Gothic UI|MS Gothic/, /Microsoft YaHei UI/, /Malgun Gothic/],
    macOS: [/Hiragino Sans/, /PingFang SC/, /Apple SD Gothic Neo/],
    Linux: [/Noto Sans (Mono )?CJK JP/],
  };
  test.each(['sans', 'mono'])('--font-%s', (name) => {
    for (const [system, wanted] of Object.entries(fonts))
      for (const font of wanted) expect(stack(name), system).toMatch(font);
    // Behind the family that every system has, nothing is ever looked for.
    expect(stack(name).trim()).toMatch(/(sans-serif|monospace)$/);
  });
});
