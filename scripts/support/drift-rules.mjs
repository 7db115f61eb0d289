/**
 * Compares which parameters vendors' client libraries omit from a request with our own rules. Each library
 * gets the same parameters, and a `fetch` that captures the body and sends nothing.
 */

const prompt = [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }];
const sampling = { temperature: 0.5, topP: 0.9, topK: 5, presencePenalty: 0.5, frequencyPenalty: 0.5 };
const ours = { temperature: 0.5, top_p: 0.9, top_k: 5, presence_penalty: 0.5, frequency_penalty: 0.5 };

/** The location of each parameter in a request body, by protocol. */
const bodyPaths = {
  temperature: ['temperature'],
  top_p: ['top_p', 'topP'],
  top_k: ['top_k', 'topK'],
  presence_penalty: ['presence_penalty', 'presencePenalty'],
  frequency_penalty: ['frequency_penalty', 'frequencyPenalty'],
};

/** Our names of the sampling parameters in a body. */
export function samplingIn(body) {
  const fields = { ...body, ...body?.generationConfig };
  return Object.entries(bodyPaths)
    .filter(([, names]) => names.some((name) => fields[name] !== undefined))
    .map(([param]) => param);
}

async function bodyOf(create, model, options) {
  let body;
  const fetch = async (_url, { body: text }) => {
    body = JSON.parse(text);
    throw new Error('nothing is sent');
  };
  const made = create({ apiKey: 'none', fetch });
  await (made.chat?.(model) ?? made(model))
    .doGenerate({ prompt, ...sampling, maxOutputTokens: 4096, ...options })
    .catch(() => {});
  return body;
}

/**
 * One line for each parameter that a library sends and we omit, or the other way round.
 * @param {(provider: string, model: string, params: object) => { body: object }} plan our own request
 */
export async function compareRules(libraries, models, plan) {
  const lines = [];
  for (const { provider, create, off } of libraries)
    for (const model of models[provider] ?? [])
      for (const quiet of off ? [false, true] : [false]) {
        const theirs = await bodyOf(create, model, quiet ? off : {});
        if (!theirs) {
          lines.push(`${provider}/${model}: the library made no request`);
          continue;
        }
        const params = { reasoning: quiet ? 'off' : null, ...ours };
        const [theirSampling, ourSampling] = [samplingIn(theirs), samplingIn(plan(provider, model, params))];
        const where = `${provider}/${model}${quiet ? ' without reasoning' : ''}`;
        const more = theirSampling.filter((param) => !ourSampling.includes(param));
        const fewer = ourSampling.filter((param) => !theirSampling.includes(param));
        if (more.length) lines.push(`${where}: they send ${more.join(', ')}, we leave it out`);
        if (fewer.length) lines.push(`${where}: we send ${fewer.join(', ')}, they leave it out`);
      }
  return lines;
}
