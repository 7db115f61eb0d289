import { walk } from './syntax-tree.mjs';

/** What stands around an expression without changing it. */
function bare(node) {
  const around = ['ChainExpression', 'TSNonNullExpression', 'TSAsExpression', 'ParenthesizedExpression'];
  return around.includes(node?.type) ? bare(node.expression) : node;
}

/** `import { messages } from '…/messages.ts'` and its like: the path that each local name stands for. */
function importedTables(program) {
  const names = new Map();
  for (const { type, source, specifiers } of program.body) {
    if (type !== 'ImportDeclaration' || !/(^|\/)messages\.ts$|-messages\.ts$/.test(source.value)) continue;
    for (const { local, imported } of specifiers) names.set(local.name, [imported?.name ?? local.name]);
  }
  return names;
}

/** The keys of `t.a['b'].c`, as far as they are written out; null where its root is no table of texts. */
function pathOf(expression, names) {
  const node = bare(expression);
  if (node?.type === 'Identifier') {
    const path = names.get(node.name);
    return path ? { keys: path, open: false } : null;
  }
  if (node?.type !== 'MemberExpression') return null;
  const before = pathOf(node.object, names);
  if (!before || before.open) return before;
  if (!node.computed) return { keys: [...before.keys, node.property.name], open: false };
  if (node.property.type === 'Literal')
    return { keys: [...before.keys, String(node.property.value)], open: false };
  return { keys: before.keys, open: true };
}

/** `const t = messages.a` and `const { b } = messages.a`: further names of tables, here and in the scopes within. */
function addAliases({ id, init }, names) {
  const path = init && pathOf(init, names);
  const table = path && !path.open;
  if (id.type === 'Identifier') {
    if (table) names.set(id.name, path.keys);
    else names.delete(id.name);
  }
  if (id.type === 'ObjectPattern') {
    for (const { key, value } of id.properties) {
      if (value?.type !== 'Identifier') continue;
      if (table) names.set(value.name, [...path.keys, key.name]);
      else names.delete(value.name);
    }
  }
}

const isScope = ({ type }) => /Function|^BlockStatement$/.test(type);

/** The names of tables in a scope: those around it, its own, without what a parameter hides. */
function namesIn(scope, around) {
  const names = new Map(around);
  for (const param of scope.params ?? []) addAliases({ id: param }, names);
  const visit = (node) => {
    if (node !== scope && isScope(node)) return false;
    if (node.type === 'VariableDeclarator') addAliases(node, names);
    return undefined;
  };
  walk(scope.params ? [] : scope, visit);
  return names;
}

/**
 * Every place where a source reads texts: the imported table and the keys in it, as `messages.bench.roles`. A use of a table, or
 * with a key that is only known later, counts for all that is in it.
 */
export function messageUses({ program, lineOf }) {
  const imported = importedTables(program);
  if (imported.size === 0) return [];
  const uses = [];
  const add = (node, names) => {
    const path = pathOf(node, names);
    if (path) uses.push({ keys: path.keys, line: lineOf(node.start) });
    return path;
  };
  const visitIn = (names) => {
    const visit = (node, parent) => {
      if (node.type === 'ImportDeclaration') return false;
      if (isScope(node)) {
        const visitInner = visitIn(namesIn(node, names));
        for (const value of Object.values(node))
          if (value && typeof value === 'object') walk(value, visitInner, node);
        return false;
      }
      if (node.type === 'VariableDeclarator' && isTableOnly(node, names)) return false;
      if (node.type === 'MemberExpression' && add(node, names)) {
        // What stands in brackets is read as well.
        for (let part = node; part?.type === 'MemberExpression'; part = bare(part.object))
          if (part.computed) walk(part.property, visit);
        return false;
      }
      if (node.type === 'Identifier' && names.has(node.name) && !isName(node, parent)) add(node, names);
      return undefined;
    };
    return visit;
  };
  walk(program.body, visitIn(namesIn(program, imported)));
  return uses;
}

/** A declaration that only gives a table another name uses none of its texts. */
function isTableOnly({ id, init }, names) {
  const path = init && pathOf(init, names);
  if (!path || path.open) return false;
  return (
    id.type === 'Identifier' || (id.type === 'ObjectPattern' && !id.properties.some(({ value }) => !value))
  );
}

/** An identifier that names something rather than reading it. */
function isName(node, parent) {
  if (!parent) return false;
  if (parent.type === 'Property' || parent.type === 'MemberExpression')
    return parent.value !== node && !parent.computed;
  return parent.id === node || parent.type.startsWith('TS');
}
