import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { jsonSchema, type JsonSchema } from '../../../contract/module-preset.ts';
import { packFile, packSampleFile, type PackSource } from '../../../contract/prompt-pack.ts';
import { AppError } from '../app-error.ts';
import { validatorFor } from '../chat/reply-schema.ts';
import { readRegistryFile, registryProblem } from '../registry/registry-problem.ts';
import { composeSchema, SchemaClash } from './compose-schema.ts';
import type { Pack, PackTemplate } from './pack.ts';
import { packFaults } from './pack-invariants.ts';
import type { TemplateEngine } from './template-engine.ts';

export interface PackPlace {
  folder: string;
  source: PackSource;
  engine: TemplateEngine;
  /** The schema that the module applies by itself. */
  schemaOfModule(module: string): JsonSchema | undefined;
}

function required<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  const value = readRegistryFile(file, schema);
  if (value === undefined) throw registryProblem(file, '', 'is missing');
  return value;
}

function readTemplate({ folder, engine }: PackPlace, name: string): PackTemplate {
  const file = join(folder, name);
  let source: string;
  try {
    source = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw registryProblem(file, '', code === 'ENOENT' ? 'is missing' : `cannot be read (${code})`);
  }
  try {
    return { name: `${basename(folder)}/${name}`, source, compiled: engine.compile(source, name) };
  } catch (error) {
    throw registryProblem(file, '', (error as Error).message);
  }
}

function readSchema({ folder, source, schemaOfModule }: PackPlace, module: string): JsonSchema | null {
  const file = join(folder, 'output.schema.json');
  try {
    const schema = composeSchema(required(file, jsonSchema), schemaOfModule(module));
    if (schema && source === 'user') validatorFor(schema);
    return schema;
  } catch (error) {
    if (error instanceof SchemaClash) throw registryProblem(file, error.path, error.message);
    if (error instanceof AppError && error.code === 'invalid_request')
      throw registryProblem(file, '', error.message);
    throw error;
  }
}

function readSamples({ folder }: PackPlace): Pack['samples'] {
  let names: string[];
  try {
    names = readdirSync(join(folder, 'samples')).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
  return names.sort().map((name) => ({
    ...required(join(folder, 'samples', name), packSampleFile),
    name: name.slice(0, -'.json'.length),
  }));
}

/**
 * One pack's folder, read and checked; its name is the module's.
 * @throws AppError `registry_invalid` with file, path in it, reason
 */
export function loadPack(place: PackPlace): Pack {
  const { folder, source } = place;
  const file = required(join(folder, 'pack.json'), packFile);
  if (file.module !== basename(folder))
    throw registryProblem(
      join(folder, 'pack.json'),
      'module',
      `"${file.module}" is not the name of its folder`,
    );
  const pack: Pack = {
    file,
    source,
    system: readTemplate(place, 'system.md'),
    template: readTemplate(place, 'template.md'),
    schema: readSchema(place, file.module),
    samples: readSamples(place),
  };
  // Those that ship are held to the same by their tests, not at every start.
  const [fault] = source === 'user' ? packFaults(pack) : [];
  if (fault) throw registryProblem(join(folder, fault.file), fault.path, fault.message);
  return pack;
}
