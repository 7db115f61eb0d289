import { walk } from './syntax-tree.mjs';

/** Removes wrappers that do not change an expression, such as `as` and `!`. */
function unwrap(node) {
  const wrappers = ['ChainExpression', 'TSNonNullExpression', 'TSAsExpression', 'ParenthesizedExpression'];
  return wrappers.includes(node?.type) ? unwrap(node.expression) : node;
}

/** The tables that a source imports, such as `import { messages } from '…/messages.ts'`: local name to path. */
function importedTables(program) {
  const names = new Map();
  for (const { type, source, specifiers } of program.body) {
    if (type !== 'ImportDeclaration' || !/(^|\/)messages\.ts$|-messages\.ts$/.test(source.value)) continue;
    for (const { local, imported } of specifiers) names.set(local.name, [imported?.name ?? local.name]);
  }
  return names;
}

/** The keys of `t.a['b'].c`, up to the first computed one; null if its root is not a table of texts. */
function pathOf(expression, names) {
  const node = unwrap(expression);
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

/** Adds aliases of tables to `names`: `const t = messages.a` and `const { b } = messages.a`. */
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

/** The names of tables in a scope: the outer ones and its own, without those that a parameter shadows. */
function namesIn(scope, outer) {
  const names = new Map(outer);
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
 * Every read of a text in a source, as table and keys: `messages.bench.roles`. A read of a whole table, or
 * with a computed key, counts for all texts in it.
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
        // Expressions in brackets are visited too.
        for (let part = node; part?.type === 'MemberExpression'; part = unwrap(part.object))
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

/** Whether a declaration only gives a table another name, and reads none of its texts. */
function isTableOnly({ id, init }, names) {
  const path = init && pathOf(init, names);
  if (!path || path.open) return false;
  return (
    id.type === 'Identifier' || (id.type === 'ObjectPattern' && !id.properties.some(({ value }) => !value))
  );
}

/** Whether an identifier names a property or parameter, instead of reading a variable. */
function isName(node, parent) {
  if (!parent) return false;
  if (parent.type === 'Property' || parent.type === 'MemberExpression')
    return parent.value !== node && !parent.computed;
  return parent.id === node || parent.type.startsWith('TS');
}
