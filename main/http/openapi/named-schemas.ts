import type { z } from 'zod';
import * as calls from '../../../contract/call-log.ts';
import * as chat from '../../../contract/chat.ts';
import * as emulation from '../../../contract/emulation.ts';
import * as presets from '../../../contract/module-preset.ts';
import { registryView } from '../../../contract/operations/registry.ts';
import * as plan from '../../../contract/plan.ts';
import * as packs from '../../../contract/prompt-pack.ts';
import * as providers from '../../../contract/provider.ts';
import { runtimeAdapter } from '../../../contract/runtime-adapter.ts';

/** Schemas that have their own name wherever they are used. */
export const namedSchemas: Readonly<Record<string, z.ZodType>> = {
  Message: chat.message,
  Usage: chat.usage,
  ToolCall: chat.toolCall,
  FinishReason: chat.finishReason,
  DroppedParam: plan.dropped,
  RewrittenValue: plan.rewritten,
  WirePlan: plan.wirePlan,
  PriceUsed: plan.priceUsed,
  Estimate: plan.estimate,
  Cost: chat.cost,
  Attempt: chat.attempt,
  Resolution: chat.resolution,
  GenerationOptions: presets.generationOptions,
  PresetOptions: presets.presetOptions,
  ProviderOptions: presets.providerOptions,
  Lifecycle: presets.lifecycleView,
  Preset: presets.preset,
  Provider: providers.providerView,
  Model: providers.modelView,
  Module: providers.moduleView,
  Pricing: providers.pricing,
  Diagnostics: providers.diagnostics,
  CredentialState: providers.credentialState,
  RuntimeAdapter: runtimeAdapter,
  Defaults: registryView.shape.defaults,
  PackVariable: packs.packVariable,
  VariableShape: packs.variableShape,
  PackSummary: packs.packSummary,
  Persona: emulation.persona,
  PersonaTurn: emulation.personaTurn,
  Call: calls.callRecord,
  CallDetail: calls.callDetail,
};
