import type { Wanted } from '../define.ts';

export interface OllamaWanted extends Wanted {
  /**
   * Set for a request without a prompt: clients use it to load a model, or to unload it with `keep_alive: 0`.
   * Answer with `loadBody`, and call no provider.
   */
  load?: 'load' | 'unload';
}
