/** Why a field is not supported, for the caller, and the values that have no effect and need no warning. */
export interface FieldRule {
  why: string;
  unless?: readonly unknown[];
}

/** How each documented field of an object is handled. A field is in exactly one list. */
export interface FieldLists {
  /** Translated to the neutral chat, or used for the form of the reply. */
  taken: readonly string[];
  /** Sent unchanged to a provider of the same protocol; with any other provider the reply has a warning. */
  native: Readonly<Record<string, FieldRule>>;
  /** Harmless without effect: the reply has a warning. */
  accepted: Readonly<Record<string, FieldRule>>;
  /** The reply would be different without it: an error that names the field. */
  refused: Readonly<Record<string, FieldRule>>;
}

/** The list that contains a field; undefined for an undocumented field. */
export function listOf(name: string, lists: FieldLists): keyof FieldLists | undefined {
  if (lists.taken.includes(name)) return 'taken';
  if (Object.hasOwn(lists.native, name)) return 'native';
  if (Object.hasOwn(lists.accepted, name)) return 'accepted';
  return Object.hasOwn(lists.refused, name) ? 'refused' : undefined;
}

/** Whether a value has no effect under this rule. */
export function asksNothing(value: unknown, { unless = [] }: FieldRule): boolean {
  if (Array.isArray(value) && value.length === 0) return true;
  return unless.includes(value);
}
