import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../support/project.mjs';
import { isEnglishLeft, otherCatalogues, show } from './catalogues.mjs';
import { codesGiven, namedIn, sampleValues } from './coded-texts.mjs';
import { renderer } from './syntax-tree.mjs';

const contract = join(projectRoot, 'contract', 'reasons.ts');
const { reasonCodes, reasonValues } = await import(pathToFileURL(contract).href);
const load = (name) => import(pathToFileURL(join(renderer, name)).href);
const others = await otherCatalogues();
const ruleTexts = {
  ja: (await load('i18n/ja/rule-texts.ts')).ruleTexts,
  'zh-CN': (await load('i18n/zh/rule-texts.ts')).ruleTexts,
};

/** Every text for users in the registry's file of model rules: `message` of rules, `notes` of reasoning levels. */
function textsOfRules() {
  const texts = new Set();
  JSON.parse(readFileSync(join(projectRoot, 'registry/rules.json'), 'utf8'), (key, value) => {
    if (key === 'message') texts.add(value);
    if (key === 'notes') for (const note of Object.values(value)) texts.add(note);
    return value;
  });
  return [...texts];
}

/** Names that are written as in a request: in quotes or backticks, or recognizable by their form. */
const codeNames =
  /`[^`]+`|"[^"]+"|\{"type": "between_tools"\}|[\w.]*_[\w.]*|base64|data:|api-version|anthropic-version( \d{4}-\d\d-\d\d)?|reasoning(: off)?|effort|verbosity|logprobs|temperature|seed|stop\b/g;
/** Names of models, products and file types. */
const productNames = /Claude|GPT-5|Google|OpenRouter|OpenAPI|Sonar|PDF/g;
const withoutNames = (text) => text.replace(codeNames, '').replace(productNames, '');

afterEach(() => show('en', null));

test('the core gives every code of the contract, and no other', () => {
  const given = codesGiven(['main/adapters', 'main/core'], 'reason', 'reason.ts');
  expect([...new Set(given)].sort()).toEqual(reasonCodes.toSorted());
  expect(reasonCodes.length).toBeGreaterThan(100);
});

describe.each(Object.entries(others))('%s', (language, { reasons, warnings }) => {
  test('every reason of the core has a text, and no other', () => {
    expect(Object.keys(reasons).sort()).toEqual(reasonCodes.toSorted());
  });

  test.each(reasonCodes)('%s contains its values, and no English', async (code) => {
    await show(language, others[language]);
    // A rule that drops a parameter never refuses a call.
    for (const values of sampleValues(reasonValues[code]).filter(({ blocks }) => blocks !== true)) {
      const text = reasons[code](values);
      for (const value of namedIn(values)) expect(text).toContain(value);
      expect(withoutNames(text)).not.toMatch(/undefined|null|NaN|\[object/);
      expect(isEnglishLeft(withoutNames(text)), text).toBe(false);
    }
  });

  test('every text of the registry’s rules has a translation, and no translation is unused', () => {
    expect(Object.keys(ruleTexts[language]).sort()).toEqual(textsOfRules().sort());
    expect(textsOfRules().length).toBeGreaterThan(40);
  });

  test.each(Object.entries(ruleTexts[language]))('%s', (english, text) => {
    expect(isEnglishLeft(withoutNames(text)), text).toBe(false);
    const numbers = (of) => of.match(/\d+(\.\d+)?/g) ?? [];
    expect(numbers(text).toSorted()).toEqual(numbers(english).toSorted());
    const rule = { rule: 'r', blocks: false, text: english };
    expect(reasons.model_rule(rule)).toBe(text);
    expect(reasons.reasoning_note(rule)).toBe(text);
    expect(warnings.model_rule(rule)).toContain(text);
  });

  test('a text of the user’s own rules is shown as it is', () => {
    expect(reasons.reasoning_note({ text: 'constructor' })).toBe('constructor');
    expect(warnings.model_rule({ rule: 'r', blocks: false, text: 'My rule.' })).toContain('My rule.');
  });
});
