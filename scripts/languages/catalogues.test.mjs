import { afterEach, describe, expect, test } from 'vitest';
import {
  englishTables,
  isEnglishLeft,
  otherCatalogues,
  sampleArguments,
  show,
  textsOf,
} from './catalogues.mjs';

const english = await englishTables();
const others = await otherCatalogues();
const argumentsOf = sampleArguments();
const tables = Object.entries(english);
const keysOf = (table) => textsOf(table).map(([key]) => key);
const outputs = (name, key, text) =>
  typeof text === 'function'
    ? argumentsOf.get(`${name} ${key}`).map((values) => [values, text(...values)])
    : [[[], text]];

afterEach(() => show('en', null));

test('every table of English texts is read in the current language', async () => {
  for (const [name, table] of tables) {
    const [[key]] = textsOf(table);
    const marked = key.split('.').reduceRight((value, part) => ({ [part]: value }), 'the mark');
    await show('ja', { [name]: marked });
    expect(Object.fromEntries(textsOf(table))[key], name).toBe('the mark');
  }
});

test('every text that is a function has sample arguments', () => {
  const functions = tables.flatMap(([name, table]) =>
    textsOf(table)
      .filter(([, text]) => typeof text === 'function')
      .map(([key]) => `${name} ${key}`),
  );
  expect(functions.filter((key) => !argumentsOf.has(key))).toEqual([]);
  expect(functions.length).toBeGreaterThan(150);
});

describe.each(Object.entries(others))('%s', (language, catalogue) => {
  test.each(tables)('%s has the keys of the English table', (name, table) => {
    expect(keysOf(catalogue[name]).sort()).toEqual(keysOf(table).sort());
  });

  test('every text has content, and includes its arguments', async () => {
    const bad = [];
    for (const [name, table] of tables) {
      const inEnglish = Object.fromEntries(textsOf(table));
      for (const [key, text] of textsOf(catalogue[name]))
        for (const [values, output] of outputs(name, key, text)) {
          const source = typeof text === 'function' ? inEnglish[key](...values) : inEnglish[key];
          const lost = values.filter(
            (value) => typeof value === 'string' && source.includes(value) && !output.includes(value),
          );
          if (output.trim() === '' || lost.length > 0 || /undefined|null|NaN|\[object/.test(output))
            bad.push([key, output]);
        }
    }
    expect(bad).toEqual([]);
  });

  test('no English is left except names', () => {
    const left = tables.flatMap(([name]) =>
      textsOf(catalogue[name]).flatMap(([key, text]) =>
        outputs(name, key, text)
          .map(([values, output]) =>
            values
              .filter((value) => typeof value === 'string')
              .reduce((rest, value) => rest.replaceAll(value, ''), output),
          )
          .filter((output) => isEnglishLeft(output))
          .map((output) => `${key}: ${output}`),
      ),
    );
    const errors = Object.values(catalogue.errors.byCode).filter(isEnglishLeft);
    expect([...left, ...errors]).toEqual([]);
  });

  test('its script is that of the language', () => {
    const script = language === 'ja' ? /[\p{Script=Hiragana}\p{Script=Katakana}]/u : /\p{Script=Han}/u;
    const long = tables.flatMap(([name]) =>
      textsOf(catalogue[name]).filter(([, text]) => typeof text === 'string' && text.length > 25),
    );
    expect(long.filter(([, text]) => !script.test(text))).toEqual([]);
    const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
    if (language === 'zh-CN') expect(long.filter(([, text]) => kana.test(text))).toEqual([]);
  });
});

const bracketsOf = {
  ja: { shape: 'half-width, without a space before them', wrong: /[（）]|[^ -~] \(/u },
  'zh-CN': { shape: 'full-width', wrong: /\([^)]*\p{Script=Han}|\p{Script=Han} ?\(/u },
};

test.each(Object.entries(others))('brackets in %s are of one kind', (language, catalogue) => {
  const { shape, wrong } = bracketsOf[language];
  const found = tables.flatMap(([name]) =>
    textsOf(catalogue[name]).flatMap(([key, text]) =>
      outputs(name, key, text)
        .filter(([, output]) => wrong.test(output))
        .map(([, output]) => `${key} is not ${shape}: ${output}`),
    ),
  );
  expect(found).toEqual([]);
});
