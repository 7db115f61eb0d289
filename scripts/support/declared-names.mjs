import { readFileSync } from 'node:fs';
import { parseText, walk } from '../languages/syntax-tree.mjs';

/** The identifiers that a pattern binds: `{ a, b: [c] = [], ...d }` binds a, c and d. */
function boundNames(pattern) {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => boundNames(one.value ?? one.argument));
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'TSParameterProperty':
      return boundNames(pattern.parameter);
    default:
      return [];
  }
}

const nameOfKey = ({ key, computed }) => {
  if (computed || !key) return [];
  return key.type === 'Identifier' || key.type === 'PrivateIdentifier' ? [key.name] : [];
};

/** The members that one node of the syntax tree declares, including those of object literals, but not of patterns. */
function membersOf(node, parent) {
  const isMember = [
    'MethodDefinition',
    'PropertyDefinition',
    'TSPropertySignature',
    'TSMethodSignature',
  ].includes(node.type);
  const isOfLiteral = node.type === 'Property' && parent?.type === 'ObjectExpression';
  return isMember || isOfLiteral ? nameOfKey(node) : [];
}

/** The variables, parameters, functions, classes and types that one node of the syntax tree declares. */
function bindingsOf(node) {
  switch (node.type) {
    case 'VariableDeclarator':
      return boundNames(node.id);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'TSDeclareFunction':
    case 'TSMethodSignature':
    case 'TSFunctionType':
      return [...boundNames(node.id), ...(Array.isArray(node.params) ? node.params.flatMap(boundNames) : [])];
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
      return boundNames(node.id);
    case 'CatchClause':
      return boundNames(node.param);
    default:
      return [];
  }
}

/**
 * @param {string} path a TypeScript or JavaScript file
 * @returns {{ bindings: Set<string>, members: Set<string> }} the names it declares: variables, parameters, functions,
 * classes and types; and fields and methods
 */
export function declaredNames(path) {
  const bindings = new Set();
  const members = new Set();
  const { program } = parseText(path, readFileSync(path, 'utf8'));
  walk(program, (node, parent) => {
    for (const name of bindingsOf(node)) bindings.add(name);
    for (const name of membersOf(node, parent)) members.add(name);
  });
  return { bindings, members };
}
