/** Why a field is not carried, in words for the caller, and the values that ask for nothing and pass unsaid. */
export interface FieldRule {
  why: string;
  unless?: readonly unknown[];
}

/** What becomes of each documented field of an object. A field is in exactly one list. */
export interface FieldLists {
  /** Translated into the neutral chat, or read for the form of the reply. */
  taken: readonly string[];
  /** Carried unchanged to a provider of the same protocol; for any other provider the reply warns. */
  native: Readonly<Record<string, FieldRule>>;
  /** Harmless without effect: the reply warns. */
  accepted: Readonly<Record<string, FieldRule>>;
  /** The reply would be another one without it: an error that names the field. */
  refused: Readonly<Record<string, FieldRule>>;
}

/** The list a field is in; undefined for a field that the protocol does not document. */
export function listOf(name: string, lists: FieldLists): keyof FieldLists | undefined {
  if (lists.taken.includes(name)) return 'taken';
  if (Object.hasOwn(lists.native, name)) return 'native';
  if (Object.hasOwn(lists.accepted, name)) return 'accepted';
  return Object.hasOwn(lists.refused, name) ? 'refused' : undefined;
}

/** Whether a value asks for nothing under this rule. */
export function asksNothing(value: unknown, { unless = [] }: FieldRule): boolean {
  if (Array.isArray(value) && value.length === 0) return true;
  return unless.includes(value);
}
