import { walk } from './syntax-tree.mjs';

/** Element attributes that are shown or read aloud. */
const textAttributes =
  /^(title|label|placeholder|alt|hint|note|heading|description|(aria|before|after)-?(label|description|placeholder|valuetext|roledescription)?)$/i;

/** Two letters in a row: symbols, single letters and one-letter units are the same in every language. */
const word = /\p{L}{2,}/u;

/** The constant parts of an expression on screen: literals, templates, and both branches of a condition. */
function fixedTexts(node) {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'TemplateLiteral':
      return node.quasis.map(({ value }) => value.cooked);
    case 'ConditionalExpression':
      return [...fixedTexts(node.consequent), ...fixedTexts(node.alternate)];
    case 'LogicalExpression':
      return [...(node.operator === '&&' ? [] : fixedTexts(node.left)), ...fixedTexts(node.right)];
    case 'BinaryExpression':
      return node.operator === '+' ? [...fixedTexts(node.left), ...fixedTexts(node.right)] : [];
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
      return fixedTexts(node.expression);
    default:
      return [];
  }
}

/** Texts in a source's elements that come from no catalogue, with their lines. */
export function hardCodedTexts({ program, lineOf }) {
  const found = [];
  const add = (node, texts) => {
    for (const text of texts)
      if (word.test(text)) found.push({ text: text.trim(), line: lineOf(node.start) });
  };
  walk(program, (node, parent) => {
    if (node.type === 'JSXText') add(node, [node.value]);
    if (node.type === 'JSXExpressionContainer' && parent.type !== 'JSXAttribute') add(node, fixedTexts(node));
    if (node.type === 'JSXAttribute' && textAttributes.test(node.name.name))
      add(node, fixedTexts(node.value));
    // Options, columns and toasts are objects; a value with a small first letter is a name or a CSS class.
    if (node.type === 'Property' && /^(title|label|header|placeholder)$/.test(node.key.name ?? ''))
      add(
        node,
        fixedTexts(node.value).filter((text) => /^\p{Lu}/u.test(text)),
      );
  });
  return found;
}
