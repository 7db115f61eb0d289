/**
 * Hosts of vendors, including regional and resource names, with the name of the built-in provider. Sources:
 * OpenAI "Data residency" (us.api.openai.com, eu.api.openai.com), Microsoft "Azure OpenAI endpoints"
 * (RESOURCE.openai.azure.com, RESOURCE.cognitiveservices.azure.com, RESOURCE.services.ai.azure.com; .us and
 * .cn for the sovereign clouds), Google "Vertex AI endpoints" (REGION-aiplatform.googleapis.com).
 */
const suffixes: readonly [suffix: string, provider: string][] = [
  ['openai.com', 'openai_public'],
  ['openai.azure.com', 'azure_openai'],
  ['openai.azure.us', 'azure_openai'],
  ['openai.azure.cn', 'azure_openai'],
  ['cognitiveservices.azure.com', 'azure_openai'],
  ['cognitiveservices.azure.us', 'azure_openai'],
  ['cognitiveservices.azure.cn', 'azure_openai'],
  ['services.ai.azure.com', 'azure_openai'],
  ['inference.ai.azure.com', 'azure_openai'],
  ['models.ai.azure.com', 'azure_openai'],
  ['googleapis.com', 'google_gemini'],
  ['anthropic.com', 'anthropic_public'],
  ['claude.com', 'anthropic_public'],
  ['openrouter.ai', 'openrouter'],
];

/** The built-in provider whose vendor serves this host, if any. A trailing dot is ignored. */
export function vendorOfHost(hostname: string): string | undefined {
  const host = hostname.toLowerCase().replace(/\.+$/, '');
  return suffixes.find(([suffix]) => host === suffix || host.endsWith(`.${suffix}`))?.[1];
}

export function isVendorHost(hostname: string): boolean {
  return vendorOfHost(hostname) !== undefined;
}
