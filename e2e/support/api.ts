/** A response of the HTTP API: the status, and the body as an object. */
export interface ApiAnswer {
  status: number;
  body: Record<string, unknown>;
}

/** Calls the API like a script on this machine: no token, no Origin. */
export async function callApi(
  apiUrl: string,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  const json =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(apiUrl + path, { method, ...json });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The ids of the registered runtime adapters. */
export async function runtimeIds(apiUrl: string): Promise<unknown[]> {
  const { body } = await callApi(apiUrl, 'GET', '/api/llm/runtime');
  return (body['adapters'] as { adapter_id: string }[]).map(({ adapter_id: id }) => id);
}
