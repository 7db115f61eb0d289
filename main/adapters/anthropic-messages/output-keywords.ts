import type { Reason, ReasonValues } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import { arr, isObject, str } from '../shared/read.ts';
import { reason } from '../shared/reason.ts';

/**
 * Keywords that `output_config.format` compiles. Sources: "JSON Schema limitations" of
 * https://platform.claude.com/docs/en/build-with-claude/structured-outputs, and the same list for Bedrock,
 * https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 */
const taken = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'default',
  'anyOf',
  '$ref',
  '$defs',
  'definitions',
  'title',
  'description',
]);

const formats = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid'];

/** Keywords whose value maps names to schemas. */
export const maps = new Set(['properties', '$defs', 'definitions']);

/** Keywords that the model does not need to know. */
export const silent = new Set([
  '$schema',
  '$id',
  '$comment',
  '$anchor',
  'discriminator',
  'deprecated',
  'readOnly',
]);

/** "Explicit limits" of the same page, over all schemas of a request. */
export const limits = { optional: 24, unions: 16 };

/** Something that `output_config.format` cannot express. */
type SchemaProblem = ReasonValues['schema_not_expressible']['problem'];

const problems: Record<SchemaProblem, string> = {
  anything: 'a schema that allows anything',
  other_document: 'a reference to another document',
  all_of: 'allOf',
  one_of_beside_any_of: 'oneOf beside anyOf',
  any_of_beside_rules: 'anyOf beside other rules of its own',
  open_keys: 'an object with keys of the model’s choice',
  list_of_anything: 'a list of anything',
  enum_of_objects: 'an enum of objects',
};

/** Why a schema with this problem is not sent in `output_config.format`. */
export function blocker(problem: SchemaProblem): Reason {
  const text = `output_config.format cannot say it: ${problems[problem]}`;
  return reason('schema_not_expressible', { problem }, text);
}

/** Why a schema above one of the limits is not sent in `output_config.format`. */
export function tooMany(kind: ReasonValues['schema_too_large']['kind']): Reason {
  const limit = kind === 'optional' ? limits.optional : limits.unions;
  const what = kind === 'optional' ? 'optional properties' : 'properties of several types';
  const text = `output_config.format cannot say it: more than ${limit} ${what}`;
  return reason('schema_too_large', { kind, limit }, text);
}

/** The only keywords allowed beside a reference or a union. */
const besideRef = new Set(['$ref', '$defs', 'definitions']);
const besideUnion = new Set(['anyOf', 'title', 'description', 'default', '$defs', 'definitions']);

/** Lookaround, word boundaries and back references do not compile. */
const refusedPattern = /\(\?[=!<]|\\[bB1-9]|\\k</;

/** Whether a keyword may stay in place. */
export function keepsKeyword(key: string, value: unknown, node: JsonObject): boolean {
  if ('$ref' in node) return besideRef.has(key);
  if ('anyOf' in node) return besideUnion.has(key);
  if (key === 'format') return formats.includes(str(value) ?? '');
  if (key === 'pattern') return !refusedPattern.test(str(value) ?? '');
  if (key === 'minItems') return value === 0 || value === 1;
  return taken.has(key);
}

/** Whether a keyword has an effect; `additionalProperties: true` beside a union has none. */
export function isWritten(key: string, value: unknown): boolean {
  return value !== undefined && !(key === 'additionalProperties' && value === true);
}

/** Why a node cannot be narrowed without changing its meaning: keys or values that the schema leaves open. */
export function blockerIn(node: JsonObject, original: JsonObject): SchemaProblem | undefined {
  if ('$ref' in node) return undefined;
  if ('anyOf' in node) {
    const structural = ['properties', 'items', 'required', 'patternProperties'];
    return structural.some((key) => key in original) ? 'any_of_beside_rules' : undefined;
  }
  if (!['type', 'enum', 'const'].some((key) => key in node)) return 'anything';
  const types = [node.type].flat();
  if (types.includes('object') && isOpen(original)) return 'open_keys';
  if (types.includes('array') && !isObject(original.items)) return 'list_of_anything';
  const complex = arr(original.enum).some((value) => typeof value === 'object' && value !== null);
  return complex ? 'enum_of_objects' : undefined;
}

/** Keys are left to the model. A plain `true` beside named properties merely tolerates additional ones. */
function isOpen(node: JsonObject): boolean {
  const { additionalProperties, patternProperties } = node;
  if (isObject(patternProperties)) return true;
  if (isObject(additionalProperties) && Object.keys(additionalProperties).length > 0) return true;
  if (additionalProperties === false) return false;
  return !isObject(node.properties) || Object.keys(node.properties).length === 0;
}
