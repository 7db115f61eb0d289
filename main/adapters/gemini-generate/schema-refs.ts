import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import { resolveLocal } from '../shared/local-ref.ts';
import { reason } from '../shared/reason.ts';
import { isObject, str } from '../shared/read.ts';

/** The root schema for local references, and the references being inlined, to prevent endless recursion. */
export interface Inlining {
  root: JsonObject;
  open: readonly string[];
}

/** A schema with its `$ref` replaced by the target; keywords beside the reference take precedence. */
export function inlined(
  schema: JsonObject,
  refs: Inlining,
  note: (key: string, from: unknown, to: unknown, why: Reason) => void,
): { schema: JsonObject; refs: Inlining } {
  const ref = str(schema.$ref);
  if (ref === undefined) return { schema, refs };
  const { $ref: _, ...beside } = schema;
  const found = refs.open.includes(ref) ? undefined : resolveLocal(ref, refs.root);
  if (!isObject(found)) {
    note(
      '$ref',
      ref,
      null,
      reason(
        'reference_unresolved',
        {},
        'a reference that is recursive, or leads to nothing here, cannot be put in place',
      ),
    );
    return { schema: beside, refs };
  }
  note(
    '$ref',
    ref,
    'the schema it points to',
    reason('reference_inlined', {}, 'references are not known there'),
  );
  return inlined({ ...found, ...beside }, { root: refs.root, open: [...refs.open, ref] }, note);
}
