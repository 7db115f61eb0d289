import { iterProviders, plan, resolve, StubAdapter, type Plan, type Provider } from 'comfyvn-llm-panel';

const root = 'empty';
const env = {};

const alive: [string, string][] = [];
for (const provider of iterProviders({ root, env }))
  for (const model of provider.models)
    if (model.tags.includes('json') && model.lifecycle.status === 'active')
      alive.push([provider.name, model.id]);

const who = resolve({ module: 'translate' }, { root, env });
const dry: Plan = await plan(
  { module: 'translate', messages: [{ role: 'user', content: '雨' }] },
  { root, env },
);

const stub = new StubAdapter({ root, env });
const echo = await stub.chat({ provider: 'stub', messages: [{ role: 'user', content: 'Ping' }] });
const made = await stub.chat({ module: 'translate', messages: [{ role: 'user', content: '雨' }] });

let refused = '';
try {
  resolve({ model: 'gpt-none' }, { root, env });
} catch (error) {
  refused = (error as { code: string }).code;
}

// @ts-expect-error a provider has no such field: proves that the declarations are not read as `any`
const wrong: unknown = ({} as Provider).modles;

console.log(
  JSON.stringify({
    alive: alive.length,
    who,
    sha256: dry.plan.sha256,
    cost: dry.estimate.cost,
    echo: echo.reply,
    made: made.data.json,
    asked: stub.requests.length,
    refused,
    wrong: wrong ?? null,
  }),
);
