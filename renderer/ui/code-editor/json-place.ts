import type { syntaxTree } from '@codemirror/language';

type Tree = ReturnType<typeof syntaxTree>;
type Node = Tree['topNode'];
type ReadText = (from: number, to: number) => string;

const punctuation = new Set([',', ':', '{', '}', '[', ']', '⚠']);

function valuesIn(node: Node): Node[] {
  const values: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!punctuation.has(child.name)) values.push(child);
  }
  return values;
}

function memberOf(object: Node, key: string, read: ReadText): { name: Node; value: Node | null } | null {
  for (const property of object.getChildren('Property')) {
    const [name, value] = valuesIn(property);
    if (name && read(name.from, name.to) === JSON.stringify(key)) return { name, value: value ?? null };
  }
  return null;
}

/** The text range of a path: a member's name up to its value's start, or the nearest node around it. */
export function rangeOfPath(
  tree: Tree,
  read: ReadText,
  path: readonly (string | number)[],
): { from: number; to: number } {
  let [node] = valuesIn(tree.topNode);
  let view = node ? { from: node.from, to: Math.min(node.from + 1, node.to) } : { from: 0, to: 0 };
  for (const step of path) {
    if (!node) return view;
    if (node.name === 'Array') {
      const item: Node | undefined = valuesIn(node)[Number(step)];
      if (!item) return view;
      node = item;
      view = { from: item.from, to: item.to };
    } else {
      const member = memberOf(node, String(step), read);
      if (!member) return view;
      node = member.value ?? undefined;
      view = { from: member.name.from, to: member.name.to };
    }
  }
  return view;
}
