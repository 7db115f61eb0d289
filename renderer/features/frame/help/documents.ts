/** The documents for users, in the order in which they are needed. */
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
  /** Its file's name without the ending. */
  name: string;
  load(): Promise<string>;
}

/** Every document that the product was built with. */
export const documents: readonly Document[] = Object.entries(files)
  .map(([path, load]) => ({ name: nameOf(path), load }))
  .toSorted((a, b) => rank(a.name) - rank(b.name));

/** Where a link in a document leads: another document and a heading in it, an address, or a file that is not here. */
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

/** The id of a heading, as GitHub makes them, so that links in the documents hold here too. */
export function headingId(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
