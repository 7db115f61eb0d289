/** The limits of a template: generous for a prompt, and safe against hostile ones. */
export const templateLimits = {
  /** Characters of a template's source. */
  source: 64 * 1024,
  /** Milliseconds per rendering. */
  milliseconds: 1000,
  /** Characters and items that filters may produce in one rendering. */
  memory: 2_000_000,
  /** Characters of one rendering's text. */
  output: 1_000_000,
  /** Characters of the text that `contains` searches for: the search is quadratic at worst. */
  needle: 256,
} as const;

/** The allowed tags; excluded are those that read other files or collect text without a limit. */
export const allowedTags = [
  '#',
  'assign',
  'break',
  'case',
  'comment',
  'continue',
  'for',
  'if',
  'raw',
  'unless',
];

/**
 * The allowed filters. Excluded: those that nest lists in themselves (`push`), evaluate text as expressions,
 * search with long patterns, or hide the cost of a rendering.
 */
export const allowedFilters = (
  'append at_least at_most capitalize compact default divided_by downcase first join json last map minus modulo plus ' +
  'prepend reverse round size slice sort strip times uniq upcase'
).split(' ');
