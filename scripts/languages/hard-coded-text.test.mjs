import { expect, test } from 'vitest';
import { hardCodedTexts } from './hard-coded-text.mjs';
import { parseSource, parseText, sourceNames } from './syntax-tree.mjs';

const textsIn = (text) => hardCodedTexts(parseText('a.tsx', text)).map((found) => found.text);

test('a text in an element, an aria attribute or an option is found, whatever surrounds it', () => {
  expect(
    textsIn(
      'const a = <p title="Some help" aria-label={b ? "Open it" : t.close}>Hello {n} {b && "there"} {`${n} calls`} {t.text}</p>;',
    ),
  ).toEqual(['Some help', 'Open it', 'Hello', 'there', 'calls']);
  expect(textsIn('const o = { label: "Live", value: "live" };')).toEqual(['Live']);
  expect(textsIn('const a = <p className="one two" role="alert">· {n} %</p>;')).toEqual([]);
});

/** Texts that are the same in every language. */
const allowed = ['http://127.0.0.1:1234/v1', '/docs', 'LM Studio', 'Ollama'];

test('no visible text is written outside the catalogues', () => {
  const names = sourceNames((name) => !/^(messages|i18n)\//.test(name));
  const found = names.flatMap((name) =>
    hardCodedTexts(parseSource(name))
      .filter(({ text }) => !allowed.includes(text))
      .map(({ text, line }) => `${name}:${line} ${text}`),
  );
  expect(found).toEqual([]);
  expect(names.length).toBeGreaterThan(250);
});
