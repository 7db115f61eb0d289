/** What a template may cost. Generous for a prompt, nothing for a hostile one. */
export const templateLimits = {
  /** Characters of a template's source. */
  source: 64 * 1024,
  /** Milliseconds of one rendering. */
  milliseconds: 1000,
  /** Characters and items that filters may make in one rendering. */
  memory: 2_000_000,
  /** Characters of one rendering's text. */
  output: 1_000_000,
  /** Characters of a text that `contains` looks for: the search is quadratic at worst. */
  needle: 256,
} as const;

/** The tags a pack can use; those that reach other files or collect text without a bound are not among them. */
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
 * The filters a pack can use. Left out: those that nest lists in themselves (`push`), evaluate text as expressions,
 * search with long patterns, or hide what a rendering costs.
 */
export const allowedFilters = (
  'append at_least at_most capitalize compact default divided_by downcase first join json last map minus modulo plus ' +
  'prepend reverse round size slice sort strip times uniq upcase'
).split(' ');
