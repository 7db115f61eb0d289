import type { JsonSchema } from '../../../contract/module-preset.ts';
import type { PackFile, PackSampleFile, PackSource } from '../../../contract/prompt-pack.ts';
import type { CompiledTemplate } from './template/template-engine.ts';

/** One of a pack's two templates. */
export interface PackTemplate {
  /** For messages: `narrator/system.md`. */
  name: string;
  source: string;
  compiled: CompiledTemplate;
}

/** A prompt pack, read and checked. */
export interface Pack {
  file: PackFile;
  source: PackSource;
  system: PackTemplate;
  template: PackTemplate;
  /** null if the reply is free text. */
  schema: JsonSchema | null;
  samples: (PackSampleFile & { name: string })[];
}
