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

/**
 * The root that CodeMirror draws in. In the page itself it would add style elements, which the page's policy
 * forbids; in a shadow root it adopts constructed style sheets.
 */
export function shadowRootOf(host: HTMLElement): ShadowRoot {
  return host.shadowRoot ?? host.attachShadow({ mode: 'open' });
}
