import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { fitSchema } from './fit-schema.ts';
import { isRecursive } from './schema-recursion.ts';

const path = '/output_config/format/schema';

/**
 * `output_config.format` for a schema, its edits booked; or why the protocol's part of JSON Schema cannot say it,
 * with nothing booked. Source: https://platform.claude.com/docs/en/build-with-claude/structured-outputs
 */
export function outputFormat(
  schema: JsonObject,
  report: ParameterReport,
): { ok: true; format: JsonObject } | { ok: false; why: string } {
  if (isRecursive(schema)) return { ok: false, why: 'output_config.format takes no recursive schema' };
  const fitted = fitSchema(schema, path);
  if (fitted.blocker !== undefined)
    return { ok: false, why: `output_config.format cannot say it: ${fitted.blocker}` };
  for (const edit of fitted.edits) report.rewrite(edit.path, edit.from, edit.to, edit.reason);
  return { ok: true, format: { type: 'json_schema', schema: fitted.schema } };
}
