import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderer, sourceNames } from './languages/syntax-tree.mjs';
import { projectRoot } from './support/project.mjs';

// Rules for the page that neither types nor the linter check, also for future files.
const sources = sourceNames();
const textOf = (name) => readFileSync(join(renderer, name), 'utf8');

/** Files with key handlers only on rows and buttons, where no text is typed. */
const withoutText = [
  'features/translation/project/project-tabs.tsx',
  'features/translation/review/unit-table.tsx',
  'ui/data-table/data-table.tsx',
  'ui/data-table/use-row-focus.ts',
];

test('every key handler checks for an active input method', () => {
  const handlers = sources.filter((name) => /onKey(Down|Up|Press)\b|'key(down|up|press)'/.test(textOf(name)));
  expect(handlers.filter((name) => !textOf(name).includes('isComposing(')).sort()).toEqual(withoutText);
  expect(handlers.length).toBeGreaterThan(withoutText.length + 4);
});

test('whatever reads a schema of the contract turns off its compiler first: the page’s policy forbids it', () => {
  const fromContract = /^import (?!type)[^;]*from '(?:\.\.\/)+contract\/([^']+)';/gm;
  const hasSchemas = (file) =>
    /^import (?!type)/m.test(readFileSync(join(projectRoot, 'contract', file), 'utf8'));
  const reading = sources.filter((name) =>
    [...textOf(name).matchAll(fromContract)].some(([, file]) => hasSchemas(file)),
  );
  const unprepared = reading.filter(
    (name) => !/^import '(\.\.\/)+api\/zod-without-eval\.ts';/.test(textOf(name)),
  );
  expect(unprepared).toEqual([]);
  expect(reading.length).toBeGreaterThan(2);
});

test('no text spells a shortcut by hand, as a Mac has others', () => {
  // The key that stops a program in a terminal is Control on every system.
  const inTerminal = /Ctrl\+C( where it was started|キーを押して|を押して|。)/g;
  const named = sources
    .filter((name) => /^(messages|i18n)\//.test(name))
    .filter((name) => /\b(Ctrl|Alt|Cmd|Command|Shift)\+|⌘/.test(textOf(name).replace(inTerminal, '')));
  expect(named).toEqual([]);
});

describe('the font stacks name a font of each system for each script that games use', () => {
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
    // A generic family exists on every system, so names after it would never be used.
    expect(stack(name).trim()).toMatch(/(sans-serif|monospace)$/);
  });
});

describe('a page in Japanese or Chinese uses fonts of that language first', () => {
  const css = textOf('styles.css');
  const stackOf = (language, name) => {
    const rule = css.slice(css.indexOf(`:root:lang(${language}) {`));
    return new RegExp(`--font-${name}:([^;]+);`).exec(rule)[1];
  };
  const first = {
    ja: ['Hiragino Sans', 'Yu Gothic UI|BIZ UDGothic', 'Noto Sans (Mono )?CJK JP'],
    zh: ['PingFang SC', 'Microsoft YaHei UI', 'Noto Sans (Mono )?CJK SC'],
  };
  test.each([
    ['ja', 'sans', 'zh'],
    ['ja', 'mono', 'zh'],
    ['zh', 'sans', 'ja'],
    ['zh', 'mono', 'ja'],
  ])('%s, %s', (language, name, other) => {
    const stack = stackOf(language, name);
    const at = (font) => new RegExp(`'?(${font})'?`).exec(stack)?.index ?? -1;
    const own = first[language].map(at);
    const others = first[other].map(at).filter((index) => index >= 0);
    expect(Math.min(...own)).toBeGreaterThan(0);
    expect(Math.max(...own)).toBeLessThan(Math.min(...others));
    expect(stack.trim()).toMatch(/(sans-serif|monospace)$/);
    // The system's font is for the system's language, which may be another one.
    if (name === 'sans') expect(at('system-ui')).toBeGreaterThan(Math.max(...others));
  });

  test('full-width punctuation does not use the Latin font', () => {
    const face = css.slice(css.indexOf("font-family: 'Inter Letters'"));
    const ranges = /unicode-range: ([^;]+);/
      .exec(face)[1]
      .split(', ')
      .map((range) =>
        range
          .slice(2)
          .split('-')
          .map((end) => Number.parseInt(end, 16)),
      );
    const covers = (character) => {
      const code = character.codePointAt(0);
      return ranges.some(([from, to = from]) => from <= code && code <= to);
    };
    expect([...'—“”…'].filter(covers)).toEqual([]);
    expect([...'Az09’·–$'].filter((character) => !covers(character))).toEqual([]);
    for (const language of ['ja', 'zh']) expect(stackOf(language, 'sans').trim()).toMatch(/^'Inter Letters'/);
  });
});
