import type { ChatRequest, DryRunAnswer } from '../../../contract/chat.ts';
import type { JsonSchema } from '../../../contract/module-preset.ts';
import { adapterFor } from '../../adapters/index.ts';
import { AppError } from '../lib/app-error.ts';
import type { Redactor } from '../lib/redact.ts';
import { warningFieldsOf } from '../lib/warning.ts';
import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import type { Registry } from '../registry/build-registry.ts';
import { usableBy } from '../secrets/usable-provider.ts';
import type { RuntimeAdapters } from '../registry/runtime/runtime-adapters.ts';
import type { RequestContext } from '../lib/request-context.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import { inOrderFor } from '../secrets/key-pool.ts';
import { changesOf, nameOf, resolutionOf } from './answer.ts';
import { estimateOf } from './plan/estimate.ts';
import { mergeOptions, type ChatCall } from './resolve/merge-options.ts';
import { makePlan, type Plan } from './plan/plan.ts';
import { validatorFor } from './plan/schema-validator.ts';
import { resolve, type Catalog, type Choice, type Resolved } from './resolve/resolve.ts';
import { showPlan } from './plan/show-plan.ts';

export interface PlannerParts {
  registry(): Registry;
  runtime: RuntimeAdapters;
  keys: KeyFinder;
  flags: FeatureFlags;
  redactor: Redactor;
  now(): number;
  version: string;
  /** Identifies this server in the hop header, to detect calls routed back to it. */
  instanceId: string;
}

const maxHops = 4;

/** Plans chats without network access: resolves the model, builds the final bytes, estimates the cost. */
export class Planner {
  readonly #parts: PlannerParts;

  constructor(parts: PlannerParts) {
    this.#parts = parts;
  }

  /** What a call can name, from the current registry. */
  get catalog(): Catalog {
    const { registry, runtime, now, keys, flags } = this.#parts;
    return { registry: registry(), runtime, now: now(), usable: usableBy(flags, keys) };
  }

  /**
   * The provider and model that would answer.
   * @throws whatever `resolve` throws
   */
  resolve(choice: Choice): Resolved {
    return resolve(this.catalog, choice);
  }

  /**
   * The final request for a resolved provider and model. Uses the provider's chat adapter unless another one
   * is given.
   * @throws AppError `invalid_request`, `loop_detected`
   */
  plan(
    resolved: Resolved,
    request: ChatCall,
    context: Pick<RequestContext, 'hops' | 'callerProtocol' | 'stickTo'>,
    adapter = adapterFor(resolved.provider.adapter),
  ): Plan {
    const { keys, version, instanceId, now } = this.#parts;
    const registry = this.#parts.registry();
    const hops = context.hops ? context.hops.split(',').map((h) => h.trim()) : [];
    if (hops.includes(instanceId) || hops.length >= maxHops)
      throw new AppError(
        'loop_detected',
        "this call came back to the server that sent it: a provider's base URL leads here",
      );
    const schema = schemaOf(request, resolved);
    // A schema in a hand-written preset is checked before its reply is paid for, like a caller's own schema.
    if (schema) validatorFor(schema);
    const { provider, module } = resolved;
    const all = provider.kind === 'stub' ? [] : keys.all(provider);
    const inOrder = inOrderFor(context.stickTo ?? module?.name, all);
    return makePlan(
      { registry, now: now(), version, keys: inOrder, hops: [...hops, instanceId].join(', ') },
      {
        resolved,
        adapter,
        messages: request.messages,
        options: mergeOptions(registry, resolved, request),
        schema,
        stream: request.stream === true,
        providerOptions: [resolved.preset?.provider_options, request.provider_options],
        ignoreRules: [...(resolved.preset?.ignore_rules ?? []), ...(request.ignore_rules ?? [])],
        callerProtocol: context.callerProtocol,
      },
    );
  }

  /** A plan in the form of a dry run's answer. */
  async shown(plan: Plan): Promise<DryRunAnswer> {
    const { registry, redactor, now } = this.#parts;
    return {
      dry_run: true,
      ...nameOf(plan),
      resolution: resolutionOf(plan),
      lifecycle: plan.lifecycle,
      options: plan.options,
      plan: showPlan(plan, redactor),
      ...changesOf(plan),
      ...warningFieldsOf([...plan.warnings, ...plan.blocked]),
      estimate: await estimateOf(registry(), plan, now()),
    };
  }
}

function schemaOf(request: Pick<ChatRequest, 'schema'>, resolved: Resolved): JsonSchema | undefined {
  if (request.schema !== undefined) return request.schema ?? undefined;
  return resolved.schema;
}
