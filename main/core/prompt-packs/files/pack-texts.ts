import type { EditedPack, PackContent, PackProblem } from '../../../../contract/user-pack.ts';
import { codedText } from '../../lib/coded-text.ts';
import { isObject } from '../../lib/json.ts';
import { notJson, plainJson } from '../../lib/files/read-json.ts';
import { packProblem } from './pack-problem.ts';
import { placeInJson } from '../template/position-in-json.ts';

/** A pack's folder on disk: each file's text by its name, including `samples/<name>.json`. */
export type PackTexts = Readonly<Record<string, string>>;

export const packJsonName = 'pack.json';
export const systemName = 'system.md';
export const templateName = 'template.md';
export const schemaName = 'output.schema.json';
export const samplePath = (name: string) => `samples/${name}.json`;
const sampleIn = /^samples\/(.+)\.json$/;

const jsonText = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** A pack as files: equal packs give equal bytes. */
export function textsOf({ pack, system, template, schema, samples }: PackContent): PackTexts {
  return {
    [packJsonName]: jsonText(pack),
    [systemName]: system,
    [templateName]: template,
    [schemaName]: jsonText(schema),
    ...Object.fromEntries(
      Object.entries(samples).map(([name, sample]) => [samplePath(name), jsonText(sample)]),
    ),
  };
}

interface Reading {
  texts: PackTexts;
  problems: PackProblem[];
}

function text({ texts, problems }: Reading, file: string): string {
  const found = texts[file];
  if (found === undefined)
    problems.push(packProblem(file, '', codedText('file_problem', 'missing', {}, 'is missing')));
  return (found ?? '').replace(/^\uFEFF/, '');
}

/** The JSON of a file; undefined, with a problem added, if it is invalid. */
function json(reading: Reading, file: string): unknown {
  const before = reading.problems.length;
  const source = plainJson(text(reading, file));
  if (reading.problems.length > before) return undefined;
  try {
    return JSON.parse(source) as unknown;
  } catch (error) {
    reading.problems.push(packProblem(file, '', notJson(error, source), placeInJson(error, source)));
    return undefined;
  }
}

/**
 * Converts a folder's files to an edited pack, whatever is wrong with them.
 * @returns `problems` names each file that cannot be read, and content that an edited pack cannot represent
 */
export function editedFrom(texts: PackTexts): { content: EditedPack; problems: PackProblem[] } {
  const problems: PackProblem[] = [];
  const reading = { texts, problems };
  const pack = json(reading, packJsonName);
  if (pack !== undefined && !isObject(pack))
    problems.push(
      packProblem(
        packJsonName,
        '',
        codedText('file_problem', 'not_object', {}, 'does not hold a JSON object'),
      ),
    );
  const system = text(reading, systemName);
  const template = text(reading, templateName);
  const schema = json(reading, schemaName);
  const samples = Object.keys(texts).flatMap((file): [string, unknown][] => {
    const name = sampleIn.exec(file)?.[1];
    const sample = name === undefined ? undefined : json(reading, file);
    return name === undefined || sample === undefined ? [] : [[name, sample]];
  });
  const content = {
    pack: isObject(pack) ? pack : {},
    system,
    template,
    schema: isObject(schema) ? schema : (texts[schemaName] ?? ''),
    samples: Object.fromEntries(samples),
  };
  return { content, problems };
}
