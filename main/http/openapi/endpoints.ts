import type { Endpoint } from '../../../contract/server-access.ts';
import { powershellRequest } from '../../../contract/powershell.ts';
import { fixedPaths } from './fixed-paths.ts';
import { openApiPath } from './document.ts';
import { routeDocs } from './route-docs.ts';
import { routes } from '../routes.ts';
import { isObject } from '../../core/lib/json.ts';

type Route = Pick<Endpoint, 'method' | 'path' | 'summary' | 'group'> & { example?: unknown };

const tokenHeader = ' -H "Authorization: Bearer $COMFYVN_LLM_TOKEN"';
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** A POSIX shell command that works unchanged if the token's variable is set. */
function curlOf({ method, path, example }: Route, base: string, token: boolean): string {
  const how = method === 'GET' ? '' : ` -X ${method}`;
  const auth = token ? tokenHeader : '';
  const body =
    example === undefined ? '' : ` -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(example))}`;
  return `curl -sS${how}${auth}${body} ${quoted(`${base}${path}`)}`;
}

/** The same call for PowerShell. */
function powershellOf({ method, path, example }: Route, base: string, token: boolean): string {
  return powershellRequest({
    method,
    url: `${base}${path}`,
    headers: example === undefined ? {} : { 'Content-Type': 'application/json' },
    credentials: token ? { Authorization: 'Bearer $COMFYVN_LLM_TOKEN' } : {},
    body: example === undefined ? undefined : JSON.stringify(example),
  });
}

function filled(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}

function tableRoutes(): (Route & { curlPath: string })[] {
  return routes.map(({ method, path }) => {
    const doc = routeDocs[`${method} ${path}`];
    const shown = openApiPath(path);
    return {
      method,
      path: shown,
      summary: doc?.summary ?? '',
      group: doc?.tag ?? 'Other',
      example: method === 'POST' ? (Object.values(doc?.examples ?? {})[0] ?? {}) : undefined,
      curlPath: filled(shown, doc?.params),
    };
  });
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Routes outside the table, as documented. */
function otherRoutes(): (Route & { curlPath: string })[] {
  return Object.entries(fixedPaths()).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, value]) => {
      const { tags, summary, parameters, requestBody } = isObject(value) ? value : {};
      const first = Array.isArray(parameters) && isObject(parameters[0]) ? parameters[0] : {};
      const params = first['name'] ? { [text(first['name'])]: text(first['example']) } : {};
      return {
        method: method.toUpperCase(),
        path,
        summary: text(summary),
        group: text(Array.isArray(tags) ? tags[0] : ''),
        example: exampleIn(requestBody),
        curlPath: filled(path, params),
      };
    }),
  );
}

function exampleIn(body: unknown): unknown {
  const json = isObject(body) && isObject(body['content']) ? body['content']['application/json'] : undefined;
  const examples = isObject(json) && isObject(json['examples']) ? Object.values(json['examples']) : [];
  return isObject(examples[0]) ? examples[0]['value'] : undefined;
}

const flagsOf = ({ method, path }: Route) =>
  method === 'POST' && path === '/api/emulation/chat' ? ['silly_compat_offload'] : [];

/** Every route of the API in the document's order, each with example commands. */
export function endpointsAt(base: string, tokenSet: boolean): Omit<Endpoint, 'on'>[] {
  return [...tableRoutes(), ...otherRoutes()].map((route) => {
    const token = tokenSet && route.path !== '/health';
    const { method, path, summary, group } = route;
    const asked = { ...route, path: route.curlPath };
    const curl = curlOf(asked, base, token);
    const powershell = powershellOf(asked, base, token);
    return { method, path, summary, group, flags: flagsOf(route), token, curl, powershell };
  });
}
