import { hash } from 'node:crypto';
import type { Message } from '../../../../contract/chat.ts';
import type { CodedDropped, CodedRewritten } from '../../../../contract/plan.ts';
import type { JsonSchema, LifecycleView, ProviderOptions } from '../../../../contract/module-preset.ts';
import { structuredOutput } from '../../../../contract/provider.ts';
import type { Warning } from '../../../../contract/warnings.ts';
import type { Adapter, Billing, NeutralChat, Target } from '../../../adapters/define.ts';
import { reason, reasonFields } from '../../../adapters/shared/reason.ts';
import { deepMerge, isEmpty, type JsonObject } from '../../lib/json.ts';
import { warning } from '../../lib/warning.ts';
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

/** The header that detects requests routed back to this server. */
export const hopHeader = 'x-comfyvn-llm-hops';

export interface PlanParts {
  registry: Registry;
  now: number;
  version: string;
  /** The provider's keys, the preferred one first. */
  keys: readonly FoundKey[];
  /** The hop header's value: the ids from the incoming request, then this server's id. */
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
  /** Ids of model rules to ignore for this call. */
  ignoreRules?: readonly string[];
  /** The protocol that the caller speaks, if it is a provider's. */
  callerProtocol?: CallerProtocol | undefined;
}

/** A request ready to send: the bytes are final, only the credential is missing. */
export interface Plan {
  resolved: Resolved;
  adapter: Adapter;
  /** The model that the final bytes name, whatever the caller's other fields contain. */
  model: Model;
  lifecycle: LifecycleView;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  bodyObject: JsonObject;
  sha256: string;
  /** The selected key; null if there is none. */
  key: FoundKey | null;
  /** All usable keys, in the order in which they are tried. */
  keys: readonly FoundKey[];
  /** True if the provider will stream its answer. */
  streams: boolean;
  /** null if the caller gets the reply in our format. */
  passThrough: PassThrough | null;
  /** The billable contents of the final bytes. */
  billing: Billing;
  /**
   * The model may reason without showing it, so the cost of a broken stream cannot be derived from what
   * arrived.
   */
  thinksUnseen: boolean;
  schema: JsonSchema | undefined;
  messages: Message[];
  options: Record<string, unknown>;
  applied: string[];
  dropped: CodedDropped[];
  rewritten: CodedRewritten[];
  warnings: Warning[];
  blocked: Warning[];
  /** Those that violate the model's own rules. */
  broken: BrokenRule[];
}

/** The model that the final bytes name. If the URL names the model, a `model` in the body has no effect. */
function modelOnTheWire(resolved: Resolved, adapted: JsonObject, body: JsonObject): Model {
  const named = body['model'];
  const { model, provider } = resolved;
  // A value from the adapter may be an Azure deployment's name.
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

function lifecycleWarning(model: Model, life: LifecycleView, { module, preset }: Resolved): Warning[] {
  const successor = standInOf(module?.shortlist ?? [], preset?.id)?.model ?? life.successor ?? null;
  const then = successor ? `; its successor is ${successor}` : '';
  const { status, shutdown } = life;
  const values = { model: model.id, shutdown, successor };
  if (status === 'retired') {
    const text = `${model.id} was retired${shutdown ? ` on ${shutdown}` : ''}${then}`;
    return [warning('model_retired', values, text)];
  }
  if (status === 'never_released') {
    const text = `${model.id} was never released${then}`;
    return [warning('model_never_released', { model: model.id, successor }, text)];
  }
  if (status !== 'deprecated') return [];
  const text = `${model.id} is deprecated${shutdown ? ` and ends on ${shutdown}` : ''}${then}`;
  return [warning('model_deprecated', values, text)];
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
  for (const source of [adapted, provider.headers])
    for (const name in source) headers[name.toLowerCase()] = source[name] as string;
  for (const name in own) headers[name] = own[name] as string;
  headers[hopHeader] = parts.hops;
  return headers;
}

function urlOf(base: string, path: string, query: Record<string, string>) {
  return isEmpty(query) ? base + path : `${base}${path}?${new URLSearchParams(query).toString()}`;
}

/**
 * A dropped setting changes only how a reply sounds. A dropped message part changes the request itself, so it
 * gives a warning.
 */
function lostParts(dropped: readonly CodedDropped[]): Warning[] {
  const parts = dropped.filter(({ param }) => param.startsWith('messages['));
  return parts.map(({ param, reason: why, reason_detail }) => ({
    ...warning('message_part_dropped', { part: param, reason: why }, `\`${param}\` was not sent: ${why}`),
    reason_detail,
  }));
}

const unsaid = { success: false, data: undefined } as const;

function withoutSetting({ structured_output: _ours, ...options }: Record<string, unknown>) {
  return options;
}

/** `structured_output` is our own parameter: it selects how the schema is sent. */
function structuredSetting(
  schema: unknown,
  known: boolean,
  hasSchema: boolean,
): Pick<Plan, 'applied' | 'dropped'> {
  const param = 'structured_output';
  if (schema === undefined) return { applied: [], dropped: [] };
  if (known && hasSchema) return { applied: [param], dropped: [] };
  const values = structuredOutput.options.join(', ');
  const why = known
    ? reason('no_schema', {}, 'the request has no schema')
    : reason('value_unknown', { values }, `use one of ${values}`);
  return { applied: [], dropped: [{ param, ...reasonFields(why) }] };
}

/**
 * The final body (for Ollama with the context that its prompt needs) and warnings about a prompt that is too
 * long.
 */
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

/** A schema mode that the model refuses is replaced by one that it accepts. */
function refusedWay(asked: string, how: string | undefined): Pick<Plan, 'applied' | 'dropped'> {
  const instead = how === undefined ? '' : `; the schema is sent as "${how}"`;
  const text = `the model refuses "${asked}" (it does not accept a forced tool)${instead}`;
  const why = reason('forced_tool_refused', { asked, how: how ?? null }, text);
  return { applied: [], dropped: [{ param: 'structured_output', ...reasonFields(why) }] };
}

/** Checks the final bytes against the rules of the model that they name. */
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
 * Builds everything that a call would send, down to the bytes. Pure except for the clock in `parts`: no
 * network access, and no secret in the headers, URL or body.
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
