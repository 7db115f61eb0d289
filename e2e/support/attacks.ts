/** The goals of a hostile page: call a model, redirect the API to another server, read data. */
export interface Targets {
  api: string;
  chat: string;
  registration: string;
}

/** Runs in the hostile page. Returns what each attack could read; null means nothing. */
export async function attackByFetch({
  api,
  chat,
  registration,
}: Targets): Promise<Record<string, string | null>> {
  const read = (path: string, init?: RequestInit) =>
    fetch(api + path, init).then(
      async (response) => (response.type === 'opaque' ? null : `${response.status} ${await response.text()}`),
      () => null,
    );
  const post = (body: string, type: string, mode: RequestMode) =>
    ({ method: 'POST', body, mode, headers: { 'content-type': type } }) satisfies RequestInit;
  return {
    'cors read of the registry': await read('/api/llm/registry'),
    'cors read of the runtime adapters': await read('/api/llm/runtime'),
    'cors read of the health': await read('/health'),
    'no-cors read': await read('/api/llm/registry', { mode: 'no-cors' }),
    'preflighted chat': await read('/api/llm/chat', post(chat, 'application/json', 'cors')),
    'preflighted registration': await read(
      '/api/llm/runtime/register',
      post(registration, 'application/json', 'cors'),
    ),
    'preflighted removal': await read('/api/llm/runtime/own', { method: 'DELETE' }),
    'simple cors chat': await read('/api/llm/chat', post(chat, 'text/plain', 'cors')),
    'no-cors chat': await read('/api/llm/chat', post(chat, 'text/plain', 'no-cors')),
    'no-cors registration': await read(
      '/api/llm/runtime/register',
      post(registration, 'text/plain', 'no-cors'),
    ),
    'no-cors refresh without a body': await read('/api/llm/refresh', { method: 'POST', mode: 'no-cors' }),
    'panel operation': await read('/rpc/settings.get', post('{}', 'text/plain', 'no-cors')),
  };
}

/** Runs in the hostile page: attacks without fetch. Returns what each attack could read; null means nothing. */
export async function attackByMarkup({
  api,
  chat,
  registration,
}: Targets): Promise<Record<string, string | null>> {
  const loads = (element: HTMLScriptElement | HTMLImageElement | HTMLIFrameElement) =>
    new Promise<string | null>((resolve) => {
      element.addEventListener('load', () => resolve('loaded'));
      element.addEventListener('error', () => resolve(null));
      document.body.append(element);
    });
  const events = (path: string) =>
    new Promise<string | null>((resolve) => {
      const source = new EventSource(api + path);
      source.addEventListener('open', () => resolve('open'));
      source.addEventListener('error', () => (source.close(), resolve(null)));
    });
  const byForm = async (path: string, json: string) => {
    const frame = document.createElement('iframe');
    frame.name = `to${path}`;
    const form = Object.assign(document.createElement('form'), {
      action: api + path,
      method: 'post',
      enctype: 'text/plain',
      target: frame.name,
    });
    // A known trick: the `name=value` of a plain text form becomes one JSON object.
    const [name = '', value = ''] = [`${json.slice(0, -1)},"metadata":{"rest":"`, '"}}'];
    form.append(Object.assign(document.createElement('input'), { name, value }));
    document.body.append(form);
    const loaded = loads(frame);
    await loaded;
    const answered = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    form.submit();
    await answered;
    try {
      return frame.contentDocument?.body.textContent || null;
    } catch {
      return null;
    }
  };
  return {
    script: await loads(Object.assign(document.createElement('script'), { src: `${api}/api/llm/registry` })),
    image: await loads(Object.assign(document.createElement('img'), { src: `${api}/api/llm/registry` })),
    'event source': await events('/rpc/events'),
    'event source on the API': await events('/api/llm/registry'),
    'form chat': await byForm('/api/llm/chat', chat),
    'form registration': await byForm('/api/llm/runtime/register', registration),
    beacon: (navigator.sendBeacon(`${api}/api/llm/runtime/register`, registration), null),
  };
}

/** Runs in the hostile page: repeats the fetches from a sandboxed frame, whose origin is `null`. */
export async function attackByNullOrigin([targets, source]: [Targets, string]): Promise<
  Record<string, string | null>
> {
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts', 'allow-forms');
  const answer = new Promise<Record<string, string | null>>((resolve) => {
    window.addEventListener('message', ({ data }) => resolve(data as Record<string, string | null>), {
      once: true,
    });
  });
  const run = `(${source})(${JSON.stringify(targets)}).then((got) => parent.postMessage({ origin: self.origin, ...got }, '*'))`;
  frame.srcdoc = `<script>${run}</script>`;
  document.body.append(frame);
  return answer;
}
