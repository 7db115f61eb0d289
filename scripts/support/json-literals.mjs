/** Shorter ones are not worth it. */
const minLength = 10_000;

class NotJson extends Error {}

function keyOf({ computed, key }) {
  const name = key.type === 'Identifier' ? key.name : key.value;
  // In a literal this sets the prototype, in JSON it is a name like any other.
  if (computed || name === '__proto__') throw new NotJson();
  return name;
}

/** What a literal is, as far as JSON can say it. */
function valueOf(node) {
  if (node?.type === 'ArrayExpression') return node.elements.map(valueOf);
  if (node?.type === 'ObjectExpression')
    return Object.fromEntries(
      node.properties.map((property) => {
        if (property.type !== 'Property' || property.kind !== 'init' || property.method) throw new NotJson();
        return [keyOf(property), valueOf(property.value)];
      }),
    );
  if (node?.type === 'Literal' && !node.regex && typeof node.value !== 'bigint') return node.value;
  if (node?.type === 'TemplateLiteral' && !node.expressions.length) return node.quasis[0].value.cooked;
  if (node?.type === 'UnaryExpression' && node.argument.type === 'Literal') {
    if (node.operator === '!') return !node.argument.value;
    if (node.operator === '-' && node.argument.value > 0) return -node.argument.value;
  }
  throw new NotJson();
}

/**
 * A literal as JSON, in ASCII: one other character makes V8 keep the whole text in two bytes each. Null where JSON cannot
 * say it, or where there is so much else in it that nothing would be won (a tokenizer's words).
 */
function asJson(node) {
  try {
    const json = JSON.stringify(valueOf(node));
    const escaped = (other) => `\\u${other.charCodeAt(0).toString(16).padStart(4, '0')}`;
    const ascii = json.replace(/[^ -~]/g, escaped);
    return ascii.length < json.length * 1.1 ? ascii : null;
  } catch (error) {
    if (error instanceof NotJson) return null;
    throw error;
  }
}

/**
 * A build plug-in that writes the long constant tables of packages as `JSON.parse('…')`: V8 reads JSON in a sixth of
 * the time and keeps none of the memory that a program of that length takes to compile
 * (https://v8.dev/blog/cost-of-javascript-2019#json).
 * @returns {import('vite').Plugin}
 */
export function jsonLiterals() {
  return {
    name: 'json-literals',
    apply: 'build',
    transform(code, id) {
      if (code.length < minLength || !id.includes('node_modules')) return null;
      let changed = code;
      const declarations = this.parse(code).body.map((node) => node.declaration ?? node);
      // From the end, so that places before it stay where they are.
      for (const { declarations: all = [] } of declarations.toReversed())
        for (const { init } of all.toReversed()) {
          const json = init && init.end - init.start >= minLength ? asJson(init) : null;
          if (json !== null)
            changed = `${changed.slice(0, init.start)}JSON.parse(${JSON.stringify(json)})${changed.slice(init.end)}`;
        }
      return changed === code ? null : { code: changed, map: null };
    },
  };
}
