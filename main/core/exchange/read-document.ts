import { presetDocument, presetDocumentKind, type PresetDocument } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { checkKeys } from '../lib/check-keys.ts';
import { isObject, jsonProblem, type JsonObject } from '../lib/json.ts';
import { fieldProblems, problemsText } from '../lib/validation.ts';

const maxBytes = 4 * 1024 * 1024;
/** For all modules together; a document with more is not realistic. */
const maxPresets = 1000;

const refuse = (reason: string, details?: Record<string, unknown>) =>
  new AppError('file_unreadable', `nothing was imported: ${reason}`, { reason, ...details });

const tooLarge = () =>
  new AppError(
    'body_too_large',
    `nothing was imported: the file is larger than ${maxBytes / 1024 / 1024} MB, and no presets are`,
  );

function parsed(text: string): unknown {
  if (text.length > maxBytes) throw tooLarge();
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw refuse(`the file is not JSON: ${jsonProblem(error, text)}`);
  }
}

function checkKind(value: JsonObject): void {
  const { kind, version } = value;
  if (kind !== presetDocumentKind) {
    const registry = Array.isArray(value['providers']) && kind === undefined;
    const what = registry
      ? 'this looks like a registry file: name it in COMFYVN_LLM_REGISTRY'
      : `its "kind" is not "${presetDocumentKind}"`;
    throw refuse(`this is no export of presets: ${what}`);
  }
  if (version === 1) return;
  const newer = typeof version === 'number' && version > 1;
  throw refuse(
    newer
      ? `it was written by a newer version of the panel (version ${version}; this one reads 1)`
      : 'it has no version that was ever written',
  );
}

/** The presets in untrusted input, whatever its shape. */
function presetsIn(modules: unknown): unknown[] {
  const parts = isObject(modules) ? Object.values(modules).filter(isObject) : [];
  return parts.flatMap(({ presets, edits }) => [
    ...(Array.isArray(presets) ? presets : []),
    ...(isObject(edits) ? Object.values(edits) : []),
  ]);
}

/**
 * Validates an untrusted document as a whole; its items are checked one by one afterwards.
 * @param input the file's text, or its parsed JSON
 * @throws AppError `file_unreadable`, `body_too_large`, `forbidden_key`: nothing of it can be used
 */
export function readDocument(input: string | JsonObject): PresetDocument {
  const value = typeof input === 'string' ? parsed(input) : input;
  if (!isObject(value)) throw refuse('the file does not hold a JSON object');
  checkKeys(value);
  if (typeof input !== 'string' && JSON.stringify(value).length > maxBytes) throw tooLarge();
  checkKind(value);
  const presets = presetsIn(value['modules']);
  if (presets.length > maxPresets)
    throw refuse(`it holds ${presets.length} presets; ${maxPresets} at most are taken`);
  const result = presetDocument.safeParse(value);
  if (result.success) return result.data;
  const problems = fieldProblems(result.error, presetDocument);
  throw refuse(problemsText(problems.slice(0, 5)), { problems: problems.slice(0, 50) });
}
