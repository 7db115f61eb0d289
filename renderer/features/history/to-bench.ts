import type { CallDetail, CallRecord, KeptRequest } from '../../../contract/call-log.ts';
import type { BenchHandoff, BenchOverrides } from '../../state/bench-handoff.ts';
import type { Target } from '../../state/target.ts';

/** Top-level request fields that are model settings: they mean the same as inside `params`. */
const settingFields = [
  'temperature',
  'top_p',
  'max_tokens',
  'stop',
  'seed',
  'presence_penalty',
  'frequency_penalty',
  'response_format',
  'tools',
  'tool_choice',
  'n',
  'user',
] as const satisfies readonly (keyof KeptRequest)[];

/**
 * The target of a call: the preset of its module if that chose the model, else the provider and model that
 * answered.
 */
export function targetOf(call: CallRecord, request: KeptRequest | null): Target {
  const { module, provider, model, preset } = call;
  const namedTarget = request
    ? request.provider !== undefined || (request.model ?? null) !== null
    : module === null || preset === null;
  if (namedTarget || module === null) return { module, provider, model, preset: null };
  return { module, provider: null, model: null, preset: request ? (request.preset ?? null) : preset };
}

/** The settings in the request, which override its preset's; undefined if it has none. */
export function overridesOf(request: KeptRequest): BenchOverrides | undefined {
  const own = settingFields.flatMap((name) => {
    const value = request[name];
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  const params = { ...request.pack_options, ...request.params, ...Object.fromEntries(own) };
  const overrides: BenchOverrides = {
    ...(Object.keys(params).length > 0 && { params }),
    ...(request.schema !== undefined && { schema: request.schema }),
    ...(request.provider_options && { provider_options: request.provider_options }),
  };
  return Object.keys(overrides).length > 0 ? overrides : undefined;
}

/** A call for the Bench: with its messages and settings if they were stored, else only its target. */
export function handoffOf(call: CallDetail): BenchHandoff {
  const { request } = call;
  const target = targetOf(call, request);
  return request ? { target, messages: request.messages, overrides: overridesOf(request) } : { target };
}
