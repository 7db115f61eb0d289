import type { ComfyvnAdapter } from '../../../../contract/server-access.ts';

const paths: Record<ComfyvnAdapter, string> = { proxy: '/api/llm', openai_compat: '/v1' };

/**
 * The address at which a program on this machine reaches the server; loopback for a server that listens on
 * all addresses.
 */
function reachableFrom(listening: string): string {
  return listening.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}

/** The entry for ComfyVN's `registry.json`, as text. */
export function comfyvnEntry(adapter: ComfyvnAdapter, listening: string): string {
  return JSON.stringify(
    { name: 'llm_panel', adapter, base: `${reachableFrom(listening)}${paths[adapter]}` },
    null,
    2,
  );
}
