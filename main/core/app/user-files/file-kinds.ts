import { basename } from 'node:path';
import type { z } from 'zod';
import { overlayFile } from '../../../../contract/model-sync.ts';
import { packFile, packSampleFile } from '../../../../contract/prompt-pack.ts';
import { providerEntry } from '../../../../contract/provider.ts';
import { panelSettings } from '../../../../contract/settings.ts';
import type { UserFileKind } from '../../../../contract/user-file.ts';
import { userPresetFile } from '../../../../contract/user-preset.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';
import { nameOfFile } from '../../lib/files/file-name.ts';
import { isObject } from '../../lib/json.ts';
import { suggest } from '../../lib/suggest.ts';
import { fieldProblems, refusedValue, unknownField, type CodedFieldProblem } from '../../lib/validation.ts';
import { packJsonName } from '../../prompt-packs/files/pack-texts.ts';
import { checkEntry } from '../../registry/check-entry.ts';
import { asOverlay } from '../../registry/overlay/overlay-files.ts';
import { presetFileProblems } from '../check/check-presets.ts';

/** How one kind of file is read. */
export interface FileCheck {
  /** The file's schema, used to find repairs. */
  schema: z.ZodType | undefined;
  /** Problems in the file's JSON; empty if it can be used. */
  problems(value: unknown): CodedFieldProblem[];
}

function shapeProblems(schema: z.ZodType, value: unknown): CodedFieldProblem[] {
  const result = schema.safeParse(value, { jitless: true });
  return result.success ? [] : fieldProblems(result.error, schema);
}

/** An unknown field that is most likely a misspelling of a known field that the file lacks. */
function misspelt(value: object): CodedFieldProblem[] {
  const known = Object.keys(providerEntry.shape);
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .flatMap((key) => {
      const near = suggest(key, known);
      if (!near || Object.hasOwn(value, near)) return [];
      return [unknownField(key, key, near)];
    });
}

function providerProblems(file: string, value: unknown): CodedFieldProblem[] {
  const shape = shapeProblems(providerEntry, value);
  if (shape.length) return isObject(value) ? [...shape, ...misspelt(value)] : shape;
  const entry = providerEntry.parse(value);
  try {
    checkEntry(file, '', entry);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { path, reason } = error.details as { path: string; reason: string };
    return [refusedValue(path, reason)];
  }
  return misspelt(entry);
}

function notObject(): CodedFieldProblem {
  const text = codedText('file_problem', 'not_object', {}, 'is not a JSON object');
  return { path: '', message: text.message, message_detail: detailOf(text) };
}

function featureProblems(value: unknown): CodedFieldProblem[] {
  if (!isObject(value)) return [notObject()];
  const { features } = value;
  if (features === undefined || isObject(features)) return [];
  const text = codedText('file_problem', 'not_flags', {}, 'is not an object of flags');
  return [{ path: 'features', message: text.message, message_detail: detailOf(text) }];
}

function packPart(file: string): z.ZodType | undefined {
  if (basename(file) === packJsonName) return packFile;
  return /[\\/]samples[\\/][^\\/]+\.json$/.test(file) ? packSampleFile : undefined;
}

const isObjectProblem = (value: unknown) => (isObject(value) ? [] : [notObject()]);

/**
 * How to check a file of this kind on its own; problems that need the registry or the whole pack are not
 * found here.
 */
export function checkOf(kind: UserFileKind, file: string): FileCheck {
  switch (kind) {
    case 'settings':
      return { schema: panelSettings, problems: (value) => shapeProblems(panelSettings, value) };
    case 'provider':
      return { schema: providerEntry, problems: (value) => providerProblems(file, value) };
    case 'presets':
      return { schema: userPresetFile, problems: presetFileProblems };
    case 'model_facts': {
      const provider = nameOfFile(basename(file, '.json'));
      const problems = (value: unknown) => {
        const read = asOverlay(value, provider);
        const shape = shapeProblems(overlayFile, value);
        return 'problem' in read && !shape.length ? [refusedValue('', read.problem)] : shape;
      };
      return { schema: overlayFile, problems };
    }
    case 'features':
      return { schema: undefined, problems: featureProblems };
    default: {
      const schema = packPart(file);
      return {
        schema,
        problems: (value) => (schema ? shapeProblems(schema, value) : isObjectProblem(value)),
      };
    }
  }
}
