import { readdirSync, readFileSync } from 'node:fs';
import type { AdapterName } from '../../../contract/provider.ts';
import type { Dropped, Rewritten } from '../../../contract/plan.ts';
import type { ChatResult, NeutralChat, StreamPart, Target, ProviderError, ProviderRequest } from '../define.ts';

/** The documented request. Its changes have their English reasons only. */
export type FixtureRequest = Omit<ProviderRequest, 'dropped' | 'rewritten'> & {
  dropped: Dropped[];
  rewritten: Rewritten[];
};

/** One case: a chat, the exact request for it, a reply as the provider sends it, and the expected result. */
export interface Fixture {
  about: string;
  chat: NeutralChat;
  target: Target;
  request: FixtureRequest;
  reply: { status: number; json?: unknown; text?: string; stream?: string };
  result: ChatResult | { error: ProviderError } | { parts: StreamPart[] } | null;
}

/** The folder of cases for each adapter name; names that share an adapter share a folder. */
export const fixtureFolders: Record<AdapterName, string> = {
  openai_compat: 'openai-chat',
  openai: 'openai-chat',
  openrouter: 'openrouter',
  lmstudio: 'lmstudio',
  azure_openai: 'azure-openai',
  anthropic: 'anthropic-messages',
  anthropic_compat: 'anthropic-messages',
  gemini: 'gemini-generate',
  ollama: 'ollama-chat',
  proxy: 'comfyvn-proxy',
  stub: 'stub',
};

const here = new URL('./', import.meta.url);

/** Names of the cases in a folder; none if there is no such folder. */
export function caseNames(folder: string): string[] {
  try {
    return readdirSync(new URL(`${folder}/`, here))
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .toSorted();
  } catch {
    return [];
  }
}

export function readCase(folder: string, name: string): Fixture {
  return JSON.parse(readText(folder, name)) as Fixture;
}

export function readText(folder: string, name: string): string {
  return readFileSync(new URL(`${folder}/${name}.json`, here), 'utf8');
}
