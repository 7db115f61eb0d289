import { createHash } from 'node:crypto';
import { isObject, type JsonObject } from '../../core/lib/json.ts';
import { fieldTable, html, prose, typeOf } from './docs-schema.ts';
import { docsStyle } from './docs-style.ts';
import type { SchemaObject } from './schemas.ts';

const at = (value: unknown, ...path: string[]): JsonObject => {
  const found = path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
  return isObject(found) ? found : {};
};
const text = (value: unknown) => (typeof value === 'string' ? value : '');
const json = 'application/json';

/** A schema with a reference resolved. */
function resolved(document: SchemaObject, schema: JsonObject): JsonObject {
  const ref = text(schema['$ref']).replace('#/components/schemas/', '');
  return ref ? at(document, 'components', 'schemas', ref) : schema;
}

function parameters(operation: JsonObject): string {
  const list = Array.isArray(operation['parameters']) ? operation['parameters'].filter(isObject) : [];
  if (!list.length) return '';
  const rows = list.map(
    (one) =>
      `<tr><td><code>${html(one['name'])}</code></td><td>${html(one['in'])}</td><td>${typeOf(one['schema'])}</td><td>${prose(one['description'] ?? '')}</td></tr>`,
  );
  return `<h4>Parameters</h4><table>${rows.join('')}</table>`;
}

const shell = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;

function requestBody(document: SchemaObject, operation: JsonObject, path: string): string {
  const content = at(operation, 'requestBody', 'content', json);
  const schema = at(content, 'schema');
  if (!Object.keys(schema).length) return '';
  const shown = Object.entries(at(content, 'examples')).map(([name, example]) => {
    const body = JSON.stringify(isObject(example) ? example['value'] : {});
    const line = `curl -sS http://127.0.0.1:8000${path} \\\n  -H 'Content-Type: application/json' \\\n  -d ${shell(body)}`;
    return `<p class="muted">${html(name)}</p><pre>${html(line)}</pre>`;
  });
  return `<h4>Body</h4>${fieldTable(resolved(document, schema))}${shown.length ? `<h4>Examples</h4>${shown.join('')}` : ''}`;
}

function answers(document: SchemaObject, operation: JsonObject): string {
  const responses = Object.entries(at(operation, 'responses'));
  const content = at(operation, 'responses', '200', 'content');
  const good = at(content, json, 'schema');
  const events = Object.entries(at(content, 'text/event-stream', 'x-events'));
  const errors = responses
    .filter(([status]) => status !== '200')
    .map(
      ([status, of]) =>
        `<tr><td>${html(status)}</td><td><code>${html(isObject(of) ? of['description'] : '')}</code></td></tr>`,
    );
  const stream = events.map(
    ([name, schema]) => `<tr><td><code>${html(name)}</code></td><td>${typeOf(schema)}</td></tr>`,
  );
  return [
    Object.keys(good).length
      ? `<details><summary>Answer</summary>${fieldTable(resolved(document, good))}</details>`
      : '',
    stream.length
      ? `<details><summary>Events of the stream</summary><table>${stream.join('')}</table></details>`
      : '',
    `<details><summary>Errors</summary><table>${errors.join('')}</table></details>`,
  ].join('');
}

interface Shown {
  id: string;
  tag: string;
  method: string;
  path: string;
  operation: JsonObject;
}

function operationsOf(document: SchemaObject): Shown[] {
  return Object.entries(at(document, 'paths')).flatMap(([path, methods]) =>
    Object.entries(isObject(methods) ? methods : {}).map(([method, operation]) => {
      const tags = isObject(operation) && Array.isArray(operation['tags']) ? operation['tags'] : [];
      const id = `${method}${path}`.replace(/[^a-z0-9]+/gi, '-');
      return {
        id,
        tag: text(tags[0]),
        method: method.toUpperCase(),
        path,
        operation: isObject(operation) ? operation : {},
      };
    }),
  );
}

function section(document: SchemaObject, { id, method, path, operation }: Shown): string {
  return `<section id="${html(id)}"><h3><span class="method">${method}</span> ${html(path)}</h3><p>${prose(operation['summary'] ?? '')}</p>${parameters(operation)}${requestBody(document, operation, path)}${answers(document, operation)}</section>`;
}

/** The whole reference as one page, without scripts or external resources. */
export function docsPage(document: SchemaObject): string {
  const all = operationsOf(document);
  const tags = [...new Set(all.map(({ tag }) => tag))];
  const ofTag = (tag: string) => all.filter((one) => one.tag === tag);
  const nav = tags.map(
    (tag) =>
      `<h2>${html(tag)}</h2>${ofTag(tag)
        .map((o) => `<a href="#${html(o.id)}">${o.method} ${html(o.path)}</a>`)
        .join('')}`,
  );
  const body = tags.map(
    (tag) =>
      `<h2>${html(tag)}</h2>${ofTag(tag)
        .map((one) => section(document, one))
        .join('')}`,
  );
  const schemas = Object.entries(at(document, 'components', 'schemas')).map(
    ([name, schema]) =>
      `<section id="schema-${html(name)}"><h3>${html(name)}</h3>${isObject(schema) ? fieldTable(schema) : ''}</section>`,
  );
  const info = at(document, 'info');
  const title = `${text(info['title'])} API`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${html(title)}</title><style>${docsStyle}</style></head><body><nav><a href="#top">${html(title)}</a>${nav.join('')}<h2>More</h2><a href="#schemas">Schemas</a><a href="/openapi.json">openapi.json</a></nav><main id="top"><h1>${html(title)}</h1><p class="muted">Version ${html(info['version'])}</p><p>${html(info['description'])}</p>${body.join('')}<h2 id="schemas">Schemas</h2>${schemas.join('')}</main></body></html>`;
}

const hash = createHash('sha256').update(docsStyle).digest('base64');
/** The page may use its own style and nothing else. */
export const docsCsp = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
