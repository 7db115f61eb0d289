import { isObject, type JsonObject } from '../../core/lib/json.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Escapes text for HTML. */
export const html = (text: unknown) => String(text).replace(/[&<>"']/g, (found) => entities[found] ?? '');

const refName = (schema: JsonObject) =>
  typeof schema['$ref'] === 'string' ? schema['$ref'].replace('#/components/schemas/', '') : null;

const list = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);

/** A sentence as HTML, with text between backticks as code. */
export const prose = (text: unknown) => html(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/** A schema's type in a few words, with links to the schemas it references. */
export function typeOf(schema: unknown): string {
  if (!isObject(schema)) return 'anything';
  const name = refName(schema);
  if (name !== null) return `<a href="#schema-${html(name)}">${html(name)}</a>`;
  const { type, items, const: only } = schema;
  if (only !== undefined) return `<code>${html(JSON.stringify(only))}</code>`;
  if (Array.isArray(schema['enum']))
    return schema['enum'].map((value) => `<code>${html(JSON.stringify(value))}</code>`).join(' ');
  const any = [...list(schema['anyOf']), ...list(schema['oneOf'])];
  if (any.length) return any.map(typeOf).join(' or ');
  if (type === 'array') return `list of ${typeOf(items)}`.replace(/anything$/, 'any values');
  const { additionalProperties: values } = schema;
  if (type === 'object' && isObject(values) && Object.keys(values).length > 0 && !schema['properties'])
    return `object of ${typeOf(values)}`;
  if (Array.isArray(type)) return type.map(html).join(' or ');
  return type === undefined ? 'anything' : html(type);
}

function rowOf(name: string, schema: unknown, required: boolean): string {
  const description =
    isObject(schema) && typeof schema['description'] === 'string' ? prose(schema['description']) : '';
  const inner =
    isObject(schema) && schema['type'] === 'object' && isObject(schema['properties'])
      ? fieldTable(schema)
      : '';
  const mark = required ? '' : ' <span class="muted">optional</span>';
  return `<tr><td><code>${html(name)}</code>${mark}</td><td>${inner || typeOf(schema)}</td><td>${description}</td></tr>`;
}

/** The fields of an object, or of each alternative object. */
export function fieldTable(schema: JsonObject): string {
  const any = [...list(schema['anyOf']), ...list(schema['oneOf'])];
  if (any.length) return any.map(fieldTable).join('<p class="muted">or</p>');
  const { properties } = schema;
  if (!isObject(properties)) return `<p>${typeOf(schema)}</p>`;
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const rows = Object.entries(properties).map(([name, field]) => rowOf(name, field, required.includes(name)));
  return rows.length ? `<table>${rows.join('')}</table>` : '<p class="muted">no fields</p>';
}
