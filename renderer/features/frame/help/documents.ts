/** The documents for users, in reading order. */
const order = [
  'README',
  'configuration',
  'comfyvn',
  'clients',
  'adding-a-check',
  'adding-a-provider',
  'presets',
  'trials',
  'model-rules',
  'command-line',
  'troubleshooting',
  'security',
  'systems',
  'performance',
  'architecture',
] as const;

const files = import.meta.glob<string>(['../../../../docs/*.md', '../../../../README.md'], {
  query: '?raw',
  import: 'default',
});

const nameOf = (path: string) => path.replace(/^.*\//, '').replace(/\.md$/, '');
const rank = (name: string) => {
  const at = (order as readonly string[]).indexOf(name);
  return at < 0 ? order.length : at;
};

export interface Document {
  /** Its file's name without the extension. */
  name: string;
  load(): Promise<string>;
}

/** Every document included in the build. */
export const documents: readonly Document[] = Object.entries(files)
  .map(([path, load]) => ({ name: nameOf(path), load }))
  .toSorted((a, b) => rank(a.name) - rank(b.name));

/**
 * Where a link in a document leads: a document and a heading in it, or a URL. Undefined for a file that is
 * not included.
 */
export function targetOf(
  href: string,
  names: readonly string[],
): { document: string | null; heading: string } | { address: string } | undefined {
  if (/^[a-z][a-z+.-]*:/i.test(href)) return { address: href };
  const [path = '', heading = ''] = href.split('#');
  if (path === '') return { document: null, heading };
  const name = nameOf(path);
  return path.endsWith('.md') && names.includes(name) ? { document: name, heading } : undefined;
}

/** The id of a heading as GitHub generates it, so that links between the documents work here too. */
export function headingId(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
