import type { CodedText } from '../../../contract/coded-texts.ts';
import type { JsonSchema, LifecycleView } from '../../../contract/module-preset.ts';
import type { PresetCheck } from '../../../contract/preset-check.ts';
import type { PresetSettings } from '../../../contract/user-preset.ts';
import { smallestInstance } from '../../adapters/stub/smallest-instance.ts';
import { AppError } from '../lib/app-error.ts';
import { detailOf } from '../lib/coded-text.ts';
import { warning, warningFieldsOf } from '../lib/warning.ts';
import type { ChatService } from '../chat/chat-service.ts';
import type { Plan } from '../chat/plan/plan.ts';
import { ruleId } from '../chat/plan/apply-rules.ts';
import { validatorFor } from '../chat/plan/schema-validator.ts';
import { findProvider, type Resolved } from '../chat/resolve/resolve.ts';
import { findModel } from '../registry/active-preset.ts';
import { dayOf } from '../registry/lifecycle.ts';
import { factsOf } from '../registry/model-facts.ts';
import type { Module } from '../registry/model/model.ts';
import { recordedPrice } from '../registry/prices/recorded-price.ts';
import type { RequestContext } from '../lib/request-context.ts';
import { presetProblem } from './preset-problem.ts';
import { schemaProblem, schemaRefused } from '../registry/presets/schema-problem.ts';

export type CheckingChat = Pick<ChatService, 'catalog' | 'resolve' | 'plan'>;

/** The text does not matter: no rule or parameter depends on it. */
const anyMessage = [{ role: 'user' as const, content: 'Hello.' }];

/** Why a schema cannot be compiled. */
function compileProblem(schema: JsonSchema): CodedText<'preset_problem'> | null {
  try {
    validatorFor(schema);
    return null;
  } catch (error) {
    if (error instanceof AppError) return schemaRefused(error.message);
    throw error;
  }
}

function checkSchema(module: Module, settings: PresetSettings): PresetCheck['schema'] {
  const own = settings.schema;
  const schema: JsonSchema | null = own === undefined ? (module.schema ?? null) : own;
  if (schema === null) return { from: 'none', schema, problem: null, sample: null };
  const from = own === undefined ? 'module' : 'preset';
  // Checked first, because it is fast and more specific about a broken reference.
  const refused = schemaProblem(schema) ?? compileProblem(schema);
  if (refused === null) return { from, schema, problem: null, sample: smallestInstance(schema) ?? null };
  return { from, schema, problem: refused.message, problem_detail: detailOf(refused), sample: null };
}

function inheritedBy(chat: CheckingChat, resolved: Resolved): PresetCheck['inherited'] {
  const entries = (options: object, from: 'defaults' | 'model') =>
    Object.entries(options).map(([name, value]: [string, unknown]) => [name, { value, from }] as const);
  const { defaults } = chat.catalog.registry;
  return Object.fromEntries([
    ...entries(defaults.options, 'defaults'),
    ...entries(resolved.model.options, 'model'),
  ]);
}

function targetOf(chat: CheckingChat, { provider, model }: Resolved): PresetCheck['target'] {
  const { registry, now } = chat.catalog;
  const lifecycle: LifecycleView = registry.lifecycle.view(provider, model, dayOf(now));
  return {
    provider_label: provider.label,
    model: model.id,
    listed: findModel(provider.models, model.id) !== undefined,
    free: provider.kind === 'local' || provider.kind === 'stub',
    lifecycle,
    pricing: recordedPrice(registry, provider, model, dayOf(now)),
    context: model.context,
    max_output: model.maxOutput,
  };
}

function changesOf({ applied, dropped, rewritten, warnings, blocked, broken }: Plan) {
  const reported = new Set(broken.map(({ warning }) => warning));
  const others = [...warnings, ...blocked].filter((one) => !reported.has(one));
  const named = broken.map(({ rule, warning, blocks }) => ({
    id: ruleId(rule),
    rule,
    message: warning.message,
    warning,
    blocks,
  }));
  return { applied, dropped, rewritten, broken: named, ...warningFieldsOf(others) };
}

/**
 * What a call with these settings would become, by the regular planner: what is sent to the provider, what
 * the model's rules say, and what unset options inherit.
 */
export function checkPreset(
  chat: CheckingChat,
  module: Module,
  settings: PresetSettings,
  context: RequestContext,
): PresetCheck {
  const schema = checkSchema(module, settings);
  const refused = presetProblem(settings);
  const fromSchema = schema.from === 'preset' ? schema : undefined;
  const problem = refused?.message ?? fromSchema?.problem ?? null;
  const problem_detail = refused ? detailOf(refused) : fromSchema?.problem_detail;
  const why = { problem, ...(problem_detail ? { problem_detail } : {}) };
  const nothing = {
    applied: [],
    dropped: [],
    rewritten: [],
    broken: [],
    rules: [],
    named_rules: [],
  };
  if (!findProvider(chat.catalog, settings.provider)) {
    const { provider } = settings;
    const gone = warning('unknown_provider', { provider }, `no provider is called "${provider}" now`);
    return { ...why, target: null, inherited: {}, ...nothing, ...warningFieldsOf([gone]), schema };
  }
  const { provider, model, module: name } = { ...settings, module: module.name };
  const found = chat.resolve({ provider, model, module: name });
  const resolved: Resolved = { ...found, presetOptions: settings.options, schema: undefined };
  const usable = schema.problem === null && schema.schema !== null;
  const plan = chat.plan(
    resolved,
    {
      messages: anyMessage,
      schema: usable ? schema.schema : null,
      ...(settings.ignore_rules?.length ? { ignore_rules: settings.ignore_rules } : {}),
      ...(problem === null && settings.provider_options
        ? { provider_options: settings.provider_options }
        : {}),
    },
    context,
  );
  const { rules } = factsOf(chat.catalog.registry.rules, found.provider, found.model);
  const inherited = inheritedBy(chat, resolved);
  return {
    ...why,
    target: targetOf(chat, resolved),
    inherited,
    rules: [...rules],
    named_rules: rules.map((rule) => ({ id: ruleId(rule), rule })),
    ...changesOf(plan),
    schema,
  };
}
