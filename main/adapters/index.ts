import type { AdapterName } from '../../contract/provider.ts';
import { anthropicMessages } from './anthropic-messages/adapter.ts';
import { azureOpenAi } from './azure-openai/adapter.ts';
import { comfyvnProxy } from './comfyvn-proxy/adapter.ts';
import type { Adapter } from './define.ts';
import { geminiGenerate } from './gemini-generate/adapter.ts';
import { ollamaChat } from './ollama-chat/adapter.ts';
import { lmStudio, openAiChat, openRouter } from './openai-chat/adapter.ts';
import { stub } from './stub/adapter.ts';

const adapters: Record<AdapterName, Adapter> = {
  openai_compat: openAiChat,
  lmstudio: lmStudio,
  ollama: ollamaChat,
  anthropic_compat: anthropicMessages,
  proxy: comfyvnProxy,
  stub,
  openai: openAiChat,
  anthropic: anthropicMessages,
  gemini: geminiGenerate,
  azure_openai: azureOpenAi,
  openrouter: openRouter,
};

/** The adapter for a registry's adapter name; ComfyVN's names are the same. */
export function adapterFor(name: AdapterName): Adapter {
  return adapters[name];
}
