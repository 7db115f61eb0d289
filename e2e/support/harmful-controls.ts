import { interfaceTexts } from './project-scripts.ts';

export type CrawledLanguage = 'en' | 'ja' | 'zh-CN';

/** Controls that send calls, stop the server, open other programs, or switch to LIVE. */
const english =
  /^(LIVE|Mode:|Send|Stop|Start|Delete|Remove|Forget|Open folder|Reload|Use \d+|Quit|Open the data)/;

/** Stands for every number and name in a text with placeholders; a digit, so that "Use 7 …" is recognised. */
const sample = '7';

/** The text itself, or a function's text with samples; undefined if the function takes other arguments. */
function sampleOf(text: unknown): string | undefined {
  if (typeof text !== 'function') return typeof text === 'string' ? text : undefined;
  try {
    const rendered: unknown = (text as (...values: string[]) => unknown)(sample, sample, sample);
    return typeof rendered === 'string' ? rendered : undefined;
  } catch {
    return undefined;
  }
}

const escaped = (text: string) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

/**
 * A predicate for the names of controls that the crawler must not press. Names in other languages are looked up in
 * the catalogues by the English ones.
 */
export async function harmfulControls(language: CrawledLanguage): Promise<(name: string) => boolean> {
  if (language === 'en') return (name) => english.test(name);
  const { englishTables, otherCatalogues, textsOf } = await interfaceTexts();
  const catalogue = (await otherCatalogues())[language] ?? {};
  const patterns = Object.entries(await englishTables()).flatMap(([table, texts]) => {
    const translated = new Map(textsOf(catalogue[table] ?? {}));
    return textsOf(texts).flatMap(([key, text]) => {
      const name = english.test(sampleOf(text) ?? '') ? sampleOf(translated.get(key)) : undefined;
      return name ? [new RegExp(`^${name.split(sample).map(escaped).join('.*')}`)] : [];
    });
  });
  return (name) => english.test(name) || patterns.some((pattern) => pattern.test(name));
}
