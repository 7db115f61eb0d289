/** Where a vendor sells keys, by the provider's name; from the vendors' own documentation. */
export const keyPages: Readonly<Record<string, string>> = {
  anthropic_public: 'https://console.anthropic.com/settings/keys',
  google_gemini: 'https://aistudio.google.com/apikey',
  openai_public: 'https://platform.openai.com/api-keys',
  openrouter: 'https://openrouter.ai/settings/keys',
};

/** Download pages of the local servers that the panel looks for. */
export const serverPages = {
  lmstudio: 'https://lmstudio.ai/download',
  ollama: 'https://ollama.com/download',
} as const;

/** The only addresses that the window may open in the system's browser. */
export const vendorLinks: ReadonlySet<string> = new Set([
  ...Object.values(keyPages),
  ...Object.values(serverPages),
]);
