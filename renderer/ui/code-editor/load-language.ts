import type { Extension } from '@codemirror/state';
import type { CodeLanguage } from './code-editor.tsx';

const loaders: Record<CodeLanguage, () => Promise<Extension>> = {
  text: async () => [],
  json: () => import('@codemirror/lang-json').then((m) => m.json()),
  markdown: () => import('@codemirror/lang-markdown').then((m) => m.markdown()),
  liquid: () => import('./liquid-language.ts').then((m) => m.liquidLanguage),
};

/** The grammar of a language, loaded on first use. */
export function loadLanguage(language: CodeLanguage): Promise<Extension> {
  return loaders[language]();
}
