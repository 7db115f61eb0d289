import type { Wanted } from '../define.ts';

export interface OllamaWanted extends Wanted {
  /**
   * Set where a request has nothing to say: clients load a model so, or unload it by `keep_alive: 0`. Answer with
   * `loadBody`, and call nobody.
   */
  load?: 'load' | 'unload';
}
