import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { projectRoot } from '../support/project.mjs';
import { englishTables, otherCatalogues, textsOf } from './catalogues.mjs';

const folder = join(projectRoot, 'main', 'host-electron');
const { menuViews, nativeTexts } = await import(
  pathToFileURL(join(folder, 'native-texts', 'native-texts.ts')).href
);
const { languages } = await import(pathToFileURL(join(projectRoot, 'contract', 'languages.ts')).href);
const textsIn = (language) => nativeTexts(language, []);
const common = (language) =>
  textsOf(textsIn(language))
    .map(([key]) => key)
    // macOS has its own words for these, in every language.
    .filter((key) => !/^mac\.(menus|roles)\./.test(key))
    .sort();

test.each(languages)('%s has every text of the menus and dialogs, and no other', (language) => {
  expect(common(language)).toEqual(common('en'));
  expect(textsOf(textsIn(language)).filter(([, text]) => text.trim() === '')).toEqual([]);
});

test.each(languages.filter((language) => language !== 'en'))('%s leaves nothing in English', (language) => {
  const left = textsOf(textsIn(language)).filter(([, text]) =>
    /[A-Za-z]{2,}/.test(text.replaceAll(/ComfyVN LLM Panel|\bAPI|API/g, '')),
  );
  expect(left).toEqual([]);
});

test('every text of the menus and dialogs is used', () => {
  const source = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .concat(readFileSync(join(projectRoot, 'main', 'index.ts'), 'utf8'))
    .join('\n');
  const unused = common('en')
    .filter((key) => !key.startsWith('views.'))
    .map((key) => key.split('.').at(-1))
    .filter((name) => !new RegExp(`\\.${name}\\b|'${name}'|\\b${name}\\b(?=[ ,}])`).test(source));
  expect(unused).toEqual([]);
});

test('the menu calls each view as the panel itself does', async () => {
  const english = (await englishTables()).frame;
  const others = await otherCatalogues();
  for (const language of languages) {
    const { frame } = language === 'en' ? english : others[language].frame;
    for (const view of menuViews) {
      const inPanel = frame[view === 'prompt-packs' ? 'promptPacks' : view];
      expect(textsIn(language).views[view].toLowerCase(), `${language} ${view}`).toBe(inPanel.toLowerCase());
    }
  }
});
