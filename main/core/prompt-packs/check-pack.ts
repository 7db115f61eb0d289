import type { z } from 'zod';
import type { CodedText } from '../../../contract/coded-texts.ts';
import { jsonSchema, type JsonSchema } from '../../../contract/module-preset.ts';
import { packFile, packSampleFile, type PackFile, type PackSource } from '../../../contract/prompt-pack.ts';
import {
  maxSamples,
  packContent,
  sampleName,
  type EditedPack,
  type PackContent,
  type PackProblem,
  type PackUse,
} from '../../../contract/user-pack.ts';
import { AppError } from '../lib/app-error.ts';
import { validatorFor } from '../chat/plan/schema-validator.ts';
import { codedText } from '../lib/coded-text.ts';
import { checkKeys } from '../lib/check-keys.ts';
import { notJson } from '../lib/files/read-json.ts';
import { fieldProblems, refusedValue } from '../lib/validation.ts';
import { composeSchema, SchemaClash } from './compose-schema.ts';
import { migratePackFile } from './files/migrate-pack-file.ts';
import type { Pack, PackTemplate } from './pack.ts';
import { packProblem } from './files/pack-problem.ts';
import { packFaults } from './pack-invariants.ts';
import { packJsonName, samplePath, schemaName, systemName, templateName } from './files/pack-texts.ts';
import { placeInJson } from './template/position-in-json.ts';
import type { TemplateEngine } from './template/template-engine.ts';
import { TemplateFault } from './template/template-fault.ts';

export interface PackRules {
  source: PackSource;
  engine: TemplateEngine;
  /** The module's default schema. */
  schemaOfModule(module: string): JsonSchema | undefined;
}

export interface CheckedPack {
  /** null if its files do not have a pack's structure. */
  content: PackContent | null;
  /** null if it cannot be rendered; its `schema` is also null while that is invalid. */
  pack: Pack | null;
  /** Empty if the pack can be used. */
  problems: PackProblem[];
  uses: PackUse[];
}

/** A check of one pack: each part, and its problems. */
class PackCheckUp {
  readonly problems: PackProblem[] = [];
  readonly uses: PackUse[] = [];
  readonly #rules: PackRules;

  constructor(rules: PackRules) {
    this.#rules = rules;
  }

  #shape<S extends z.ZodType>(file: string, schema: S, value: unknown): z.output<S> | undefined {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    this.problems.push(...fieldProblems(result.error, schema).map((problem) => ({ file, ...problem })));
    return undefined;
  }

  packFile(value: Record<string, unknown>): PackFile | undefined {
    const migrated = migratePackFile(value);
    if ('file' in migrated) return this.#shape(packJsonName, packFile, migrated.file);
    this.problems.push({ file: packJsonName, ...refusedValue('format', migrated.problem) });
    return undefined;
  }

  template(file: string, source: string, module: string): PackTemplate | undefined {
    try {
      const compiled = this.#rules.engine.compile(source, file);
      this.uses.push(...compiled.uses.map((use) => ({ ...use, file })));
      return { name: `${module}/${file}`, source, compiled };
    } catch (error) {
      if (!(error instanceof TemplateFault)) throw error;
      const { message } = error;
      const text = codedText('file_problem', 'template', { message }, message);
      this.problems.push(packProblem(file, '', text, error.place));
      return undefined;
    }
  }

  #schemaValue(written: EditedPack['schema']): JsonSchema | undefined {
    if (typeof written !== 'string') return written;
    try {
      return this.#shape(schemaName, jsonSchema, JSON.parse(written));
    } catch (error) {
      this.problems.push(packProblem(schemaName, '', notJson(error, written), placeInJson(error, written)));
      return undefined;
    }
  }

  /** `file` is stored, `composed` validates replies. */
  schema(
    written: EditedPack['schema'],
    module: string,
  ): { file: JsonSchema; composed: JsonSchema | null } | undefined {
    const file = this.#schemaValue(written);
    if (!file) return undefined;
    try {
      const composed = composeSchema(file, this.#rules.schemaOfModule(module));
      if (composed && this.#rules.source === 'user') validatorFor(composed);
      return { file, composed };
    } catch (error) {
      const path = error instanceof SchemaClash ? error.path : '';
      if (!path && !(error instanceof AppError)) throw error;
      this.problems.push({ file: schemaName, ...refusedValue(path, (error as Error).message) });
      return undefined;
    }
  }

  samples(written: Record<string, unknown>): PackContent['samples'] | undefined {
    const before = this.problems.length;
    const names = Object.keys(written).sort();
    if (this.#rules.source === 'user' && names.length > maxSamples)
      this.problems.push(packProblem('samples', '', tooManySamples(names.length)));
    const entries = names.slice(0, maxSamples).map((name) => {
      this.#shape(samplePath(name), sampleName, name);
      return [name, this.#shape(samplePath(name), packSampleFile, written[name])] as const;
    });
    if (this.problems.length > before) return undefined;
    return Object.fromEntries(entries) as PackContent['samples'];
  }
}

function tooManySamples(files: number): CodedText<'file_problem'> {
  const message = `has ${files} files; ${maxSamples} at most are read`;
  return codedText('file_problem', 'too_many_samples', { files, max: maxSamples }, message);
}

function otherFolder(module: string): CodedText<'file_problem'> {
  const message = `"${module}" is not the name of its folder`;
  return codedText('file_problem', 'other_folder', { module }, message);
}

function keyProblem(edited: EditedPack): PackProblem | undefined {
  try {
    checkKeys(edited);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { file: packJsonName, ...refusedValue('', error.message) };
  }
}

/**
 * Checks an edited pack against all requirements for use.
 * @param module the pack's module, if it is known from its folder's name
 */
export function checkPack(edited: EditedPack, rules: PackRules, module?: string): CheckedPack {
  const hostile = keyProblem(edited);
  if (hostile) return { content: null, pack: null, problems: [hostile], uses: [] };
  const check = new PackCheckUp(rules);
  const file = check.packFile(edited.pack);
  if (file && module !== undefined && file.module !== module)
    check.problems.push(packProblem(packJsonName, 'module', otherFolder(file.module)));
  const name = module ?? file?.module ?? 'pack';
  const system = check.template(systemName, edited.system, name);
  const template = check.template(templateName, edited.template, name);
  const schema = check.schema(edited.schema, name);
  const samples = check.samples(edited.samples);
  const { problems, uses } = check;
  if (!file || !system || !template) return { content: null, pack: null, problems, uses };
  const pack: Pack = {
    file,
    source: rules.source,
    system,
    template,
    schema: schema?.composed ?? null,
    samples: Object.entries(samples ?? {}).map(([sample, value]) => ({ ...value, name: sample })),
  };
  if (!schema || !samples || problems.length) return { content: null, pack, problems, uses };
  // Built-in packs are checked by their tests, not at every start.
  if (rules.source === 'user') problems.push(...packFaults(pack));
  const content = packContent.parse({ ...edited, pack: file, schema: schema.file, samples });
  return { content, pack, problems, uses };
}
