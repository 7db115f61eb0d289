import { hash } from 'node:crypto';
import type { Message } from '../../../../contract/chat.ts';
import type { Dropped, Rewritten } from '../../../../contract/plan.ts';
import type { JsonSchema, LifecycleView, ProviderOptions } from '../../../../contract/module-preset.ts';
import { structuredOutput } from '../../../../contract/provider.ts';
import type { Adapter, Billing, NeutralChat, Target } from '../../../adapters/define.ts';
import { deepMerge, isEmpty, type JsonObject } from '../../lib/json.ts';
import { findModel, standInOf } from '../../registry/active-preset.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { dayOf } from '../../registry/lifecycle.ts';
import type { Model, Provider } from '../../registry/model/model.ts';
import type { CallerProtocol } from '../../lib/request-context.ts';
import type { FoundKey } from '../../secrets/further-keys.ts';
import { azureSettings } from '../../registry/azure-version.ts';
import { factsOf, schemaWay } from '../../registry/model-facts.ts';
import { mayThinkUnseen } from './may-think.ts';
import {
  applyRules,
  applyToRequest,
  withoutIgnored,
  type BrokenRule,
  type FinalRequest,
  type RuledParams,
  type RuleOutcome,
} from './apply-rules.ts';
import { contextWarnings, fitOllamaContext } from './context-check.ts';
import { passThroughOf, type PassThrough } from './pass-through.ts';
import { mergeProviderOptions } from '../resolve/provider-options.ts';
import { translateReasoning } from './reasoning.ts';
import { bodyPlaces } from './rule-paths.ts';
import type { Resolved } from '../resolve/resolve.ts';

/** The header that lets a detour back to us be recognised. */
export const hopHeader = 'x-comfyvn-llm-hops';

export interface PlanParts {
  registry: Registry;
  now: number;
  version: string;
  /** The provider's keys, that of this call first. */
  keys: readonly FoundKey[];
  /** Value of the hop header: this server's id after those the request came with. */
  hops: string;
}

export interface PlanRequest {
  resolved: Resolved;
  adapter: Adapter;
  messages: Message[];
  options: Record<string, unknown>;
  schema: JsonSchema | undefined;
  stream: boolean;
  providerOptions: (ProviderOptions | undefined)[];
  /** Ids of model rules that do not hold for this call. */
  ignoreRules?: readonly string[];
  /** The protocol the caller speaks, where it is a provider's. */
  callerProtocol?: CallerProtocol | undefined;
}

/** A request ready to go: the bytes are final, only the credential is not in it yet. */
export interface Plan {
  resolved: Resolved;
  adapter: Adapter;
  /** What the final bytes ask for, whatever the caller's other fields contain. */
  model: Model;
  lifecycle: LifecycleView;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  bodyObject: JsonObject;
  sha256: string;
  /** The key that serves; null where there is none. */
  key: FoundKey | null;
  /** All that may serve, in the order in which they are tried. */
  keys: readonly FoundKey[];
  /** True when the provider will answer piece by piece. */
  streams: boolean;
  /** null where the caller gets the reply in our words. */
  passThrough: PassThrough | null;
  /** What the final bytes can cost. */
  billing: Billing;
  /** The model may think without reporting it: the cost of a broken stream cannot be derived from what arrived. */
  thinksUnseen: boolean;
  schema: JsonSchema | undefined;
  messages: Message[];
  options: Record<string, unknown>;
  applied: string[];
  dropped: Dropped[];
  rewritten: Rewritten[];
  warnings: string[];
  blocked: string[];
  /** Those of them that come from the model's own rules. */
  broken: BrokenRule[];
}

/** Who the final bytes ask for. Where the address names the model, a `model` put into the body decides nothing. */
function modelOnTheWire(resolved: Resolved, adapted: JsonObject, body: JsonObject): Model {
  const named = body['model'];
  const { model, provider } = resolved;
  // What the adapter itself put there may be an Azure deployment's name.
  if (!('model' in adapted) || typeof named !== 'string' || named === adapted['model']) return model;
  if (named === model.wireId || named === model.id) return model;
  const listed = findModel(provider.models, named);
  return (
    listed ?? {
      ...model,
      id: named,
      wireId: named,
      context: null,
      maxOutput: null,
      listedPrice: null,
      kept: undefined,
    }
  );
}

function lifecycleWarning(model: Model, life: LifecycleView, { module, preset }: Resolved): string[] {
  const successor = standInOf(module?.shortlist ?? [], preset?.id)?.model ?? life.successor;
  const then = successor ? `; its successor is ${successor}` : '';
  if (life.status === 'retired')
    return [`${model.id} was retired${life.shutdown ? ` on ${life.shutdown}` : ''}${then}`];
  if (life.status === 'never_released') return [`${model.id} was never released${then}`];
  if (life.status === 'deprecated')
    return [`${model.id} is deprecated${life.shutdown ? ` and ends on ${life.shutdown}` : ''}${then}`];
  return [];
}

function headersOf(
  parts: PlanParts,
  provider: Provider,
  adapted: Record<string, string>,
  own: Record<string, string>,
) {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'accept-encoding': 'identity',
    'user-agent': `comfyvn-llm-panel/${parts.version}`,
  };
  for (const given of [adapted, provider.headers])
    for (const name in given) headers[name.toLowerCase()] = given[name] as string;
  for (const name in own) headers[name] = own[name] as string;
  headers[hopHeader] = parts.hops;
  return headers;
}

function urlOf(base: string, path: string, query: Record<string, string>) {
  return isEmpty(query) ? base + path : `${base}${path}?${new URLSearchParams(query).toString()}`;
}

/** A setting that is dropped changes how a reply sounds, a part that is dropped what was asked: that is a warning. */
function lostParts(dropped: readonly Dropped[]): string[] {
  const parts = dropped.filter(({ param }) => param.startsWith('messages['));
  return parts.map(({ param, reason }) => `\`${param}\` was not sent: ${reason}`);
}

const unsaid = { success: false, data: undefined } as const;

function withoutSetting({ structured_output: _ours, ...options }: Record<string, unknown>) {
  return options;
}

/** `structured_output` is ours and not the provider's: it says how the schema travels. */
function structuredSetting(
  schema: unknown,
  known: boolean,
  hasSchema: boolean,
): Pick<Plan, 'applied' | 'dropped'> {
  const param = 'structured_output';
  if (schema === undefined) return { applied: [], dropped: [] };
  if (known && hasSchema) return { applied: [param], dropped: [] };
  const reason = known
    ? 'there is no schema for it to carry'
    : `use one of ${structuredOutput.options.join(', ')}`;
  return { applied: [], dropped: [{ param, reason }] };
}

/** The final body: Ollama's with the context that its prompt needs; and the warnings about a prompt that is too long. */
function fittedBody(adapter: Adapter, merged: JsonObject, request: PlanRequest, { id, context }: Model) {
  const bytes = Buffer.from(JSON.stringify(merged));
  const { messages, schema } = request;
  const prompt = { messages, extras: [schema, merged['tools']], bytes: bytes.length };
  const of = { model: id, context, maxTokens: adapter.billing(merged).maxOutput };
  const warnings = contextWarnings(prompt, of);
  const { settings } = request.resolved.provider;
  const isOllama = adapter.protocol === 'ollama-chat';
  const fitted = isOllama ? fitOllamaContext(merged, prompt, of, settings) : undefined;
  const bodyObject = fitted?.body ?? merged;
  return {
    bodyObject,
    body: bodyObject === merged ? bytes : Buffer.from(JSON.stringify(bodyObject)),
    fitted: fitted?.rewritten ?? [],
    tooLong: warnings.concat(fitted?.warnings ?? []),
  };
}

/** A way that the model refuses gives way to the one it takes. */
function refusedWay(asked: string, how: string | undefined): Pick<Plan, 'applied' | 'dropped'> {
  const reason = `the model refuses "${asked}" (it takes no forced tool); the schema travels as "${how}"`;
  return { applied: [], dropped: [{ param: 'structured_output', reason }] };
}

/** The rules of whoever the final bytes ask for, held against them. */
function judge(
  { registry }: PlanParts,
  { resolved, ignoreRules = [] }: PlanRequest,
  wired: Model,
  final: FinalRequest,
  before: RuledParams,
): RuleOutcome {
  const { rules } = factsOf(registry.rules, resolved.provider, wired);
  return applyToRequest(withoutIgnored(rules, ignoreRules, wired.id).rules, wired.id, final, before.broken);
}

/**
 * Everything a call would send, down to the bytes. Pure but for the clock in `parts`: no network, no secret in the
 * result's headers, URL or body.
 * @throws AppError `invalid_request` for `provider_options` that may not be set
 */
export function makePlan(parts: PlanParts, request: PlanRequest): Plan {
  const { resolved, adapter, messages, schema } = request;
  const { provider, model } = resolved;
  const { structured_output } = request.options;
  const options = structured_output === undefined ? request.options : withoutSetting(request.options);
  const wanted = structured_output === undefined ? unsaid : structuredOutput.safeParse(structured_output);
  const facts = factsOf(parts.registry.rules, provider, model);
  const ignored = withoutIgnored(facts.rules, request.ignoreRules ?? [], model.id);
  const reasoned = translateReasoning(facts.reasoning, provider.adapter, model.id, options);
  const ruled = applyRules(ignored.rules, model.id, reasoned.options);
  const own = mergeProviderOptions(...request.providerOptions);
  const name = resolved.module?.name ?? 'reply';
  const chat: NeutralChat = { messages, params: ruled.params, stream: request.stream };
  if (schema) chat.schema = { name, schema };
  const asked = wanted.success ? wanted.data : undefined;
  const how = schemaWay(asked, model.structuredOutput, facts.schemas);
  const setting =
    asked && how !== asked
      ? refusedWay(asked, how)
      : structuredSetting(structured_output, wanted.success, schema !== undefined);
  const settings =
    provider.adapter === 'azure_openai' ? azureSettings(provider, model, own.query) : provider.settings;
  const target: Target = { provider: provider.name, model: model.wireId, settings };
  if (how) target.structuredOutput = how;
  const adapted = adapter.toRequest(chat, target);
  const merged = deepMerge(adapted.body, own.body);
  const wired = modelOnTheWire(resolved, adapted.body, merged);
  const headers = headersOf(parts, provider, adapted.headers, own.headers);
  const query = { ...provider.query, ...adapted.query, ...own.query };
  const judged = judge(
    parts,
    request,
    wired,
    { adapter: provider.adapter, body: merged, headers, query },
    ruled,
  );
  const { bodyObject, body, fitted, tooLong } = fittedBody(adapter, judged.body, request, wired);
  const gone = new Set(judged.droppedPlaces);
  const stays = (param: string) =>
    !reasoned.added.includes(param) &&
    !bodyPlaces(provider.adapter, param).some((location) => gone.has(location));
  const lifecycle = parts.registry.lifecycle.view(provider, wired, dayOf(parts.now));
  const streamFlag = bodyObject['stream'];
  return {
    resolved,
    adapter,
    model: wired,
    lifecycle,
    method: adapted.method,
    url: urlOf(provider.base, adapted.path, query),
    headers,
    body,
    bodyObject,
    sha256: hash('sha256', body, 'hex'),
    key: parts.keys[0] ?? null,
    keys: parts.keys,
    streams: adapter.capabilities.stream && (typeof streamFlag === 'boolean' ? streamFlag : request.stream),
    passThrough: passThroughOf(request.callerProtocol, adapter, bodyObject, {
      streamOptions: request.options['stream_options'],
      hasSchema: schema !== undefined,
      hasDropped: ruled.dropped.length + adapted.dropped.length > 0,
    }),
    billing: adapter.billing(bodyObject),
    thinksUnseen: mayThinkUnseen(factsOf(parts.registry.rules, provider, wired).reasoning, wired, bodyObject),
    schema,
    messages,
    options,
    applied: [...setting.applied, ...reasoned.applied, ...adapted.applied.filter(stays)],
    dropped: [
      ...setting.dropped,
      ...reasoned.dropped,
      ...ruled.dropped,
      ...adapted.dropped,
      ...judged.dropped,
    ],
    rewritten: [
      ...reasoned.rewritten,
      ...ruled.rewritten,
      ...adapted.rewritten,
      ...judged.rewritten,
      ...fitted,
    ],
    warnings: [
      ...resolved.warnings,
      ...ignored.warnings,
      ...ruled.warnings,
      ...judged.warnings,
      ...lostParts(adapted.dropped),
      ...lifecycleWarning(wired, lifecycle, resolved),
      ...tooLong,
    ],
    blocked: [...ruled.blocked, ...judged.blocked],
    broken: [...ruled.broken, ...judged.broken],
  };
}
