import { isDeepStrictEqual } from 'node:util';
import type { DryRunAnswer } from '../../../../contract/chat.ts';
import type { Preset } from '../../../../contract/module-preset.ts';
import { isObject } from '../../lib/json.ts';
import type { TestCore } from '../../__fixtures__/test-core.ts';

/** A preset's setting, and its places in the request: JSON pointers, `query:name`, `header:name`. */
export interface Carried {
  param: string;
  value: unknown;
  places: string[];
  /** Why the protocol does not send it, if it says so. */
  dropped: string | undefined;
}

export interface PresetRequest {
  plan: DryRunAnswer;
  carried: Carried[];
}

const messages = [{ role: 'user', content: 'Mira opens the door.' }];

/** What a call with a preset would send. */
export async function dryRunOf(
  { ask }: TestCore,
  module: string,
  preset: string,
  overrides: object = {},
): Promise<DryRunAnswer> {
  const answer = await ask('chat.send', { module, preset, messages, dry_run: true, ...overrides });
  if (!('dry_run' in answer)) throw new Error(`${preset} was no dry run`);
  return answer;
}

const child = (at: string, key: string | number) =>
  `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** JSON pointers of values in `body` that are missing or different in `other`; a new object counts once. */
export function differences(body: unknown, other: unknown, at = ''): string[] {
  if (isDeepStrictEqual(body, other)) return [];
  const inside = (isObject(body) && isObject(other)) || (Array.isArray(body) && Array.isArray(other));
  if (!inside) return [at];
  const there = other as Record<string, unknown>;
  return Object.entries(body as object).flatMap(([key, value]) =>
    key in there ? differences(value, there[key], child(at, key)) : [child(at, key)],
  );
}

/** JSON pointers of every occurrence of this value in `body`. */
function occurrences(body: unknown, value: unknown, at = ''): string[] {
  if (isDeepStrictEqual(body, value)) return [at];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, inner]) => occurrences(inner, value, child(at, key)));
}

/** An option's places: what disappears from the request without it, else where its value occurs. */
async function locationsOf(
  core: TestCore,
  module: string,
  preset: Preset,
  plan: DryRunAnswer,
  param: string,
  value: unknown,
): Promise<string[]> {
  const without = await dryRunOf(core, module, preset.id, { params: { [param]: null } });
  const gone = differences(plan.plan.body, without.plan.body);
  return gone.length ? gone : occurrences(plan.plan.body, value);
}

function ofProviderOptions({ plan }: DryRunAnswer, preset: Preset): Carried[] {
  const { query = {}, headers = {}, body = {} } = preset.provider_options ?? {};
  const search = new URL(plan.url).searchParams;
  const there = (location: string, sent: unknown, value: unknown) => (sent === value ? [location] : []);
  return [
    ...Object.entries(query).map(([name, value]) => ({
      param: name,
      value,
      places: there(`query:${name}`, search.get(name), value),
      dropped: undefined,
    })),
    ...Object.entries(headers).map(([name, value]) => ({
      param: name,
      value,
      places: there(`header:${name.toLowerCase()}`, plan.headers[name.toLowerCase()], value),
      dropped: undefined,
    })),
    ...Object.entries(body).map(([name, value]) => ({
      param: name,
      value,
      places: occurrences(plan.body, value),
      dropped: undefined,
    })),
  ];
}

/** A preset's dry run, and the places of all its settings in the request. */
export async function requestOfPreset(
  core: TestCore,
  module: string,
  preset: Preset,
): Promise<PresetRequest> {
  const plan = await dryRunOf(core, module, preset.id);
  const why = (param: string) => plan.dropped.find((dropped) => dropped.param === param)?.reason;
  const carried: Carried[] = [];
  for (const [param, value] of Object.entries(preset.options))
    carried.push({
      param,
      value,
      places: await locationsOf(core, module, preset, plan, param, value),
      dropped: why(param),
    });
  const free = await dryRunOf(core, module, preset.id, { schema: null });
  const schema = differences(plan.plan.body, free.plan.body);
  if (schema.length || why('schema'))
    carried.push({ param: 'schema', value: undefined, places: schema, dropped: why('schema') });
  return { plan, carried: [...carried, ...ofProviderOptions(plan, preset)] };
}
