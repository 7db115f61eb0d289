import type { OperationOutput } from '../../../contract/operations/table.ts';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { providerByName } from '../chat/resolve/resolve.ts';
import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import { noticeFieldsOf, type Notice } from '../lib/notice.ts';
import type { Redactor } from '../lib/redact.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { registryView } from './registry-view.ts';
import type { RuntimeAdapters } from '../registry/runtime/runtime-adapters.ts';

export interface RegistryViewsParts {
  registry: RegistryStore;
  runtime: RuntimeAdapters;
  flags: FeatureFlags;
  keys: KeyFinder;
  redactor: Redactor;
  diagnostics: Diagnostics;
  now(): number;
  /** Other warnings for the user. */
  warnings(): Notice[];
}

/** The registry as every transport shows it. */
export class RegistryViews {
  readonly #parts: RegistryViewsParts;

  constructor(parts: RegistryViewsParts) {
    this.#parts = parts;
  }

  /** @param probe if given, each provider is queried for its free model list, until it is aborted */
  async registry(probe?: AbortSignal): Promise<RegistryView> {
    const { registry, runtime, flags, keys, redactor, diagnostics, now, warnings } = this.#parts;
    const view = registryView({ registry: registry.current, flags, keys, redactor, now: now() });
    const others = noticeFieldsOf(warnings());
    const whole = {
      ...view,
      warnings: [...view.warnings, ...others.warnings],
      warning_details: [...(view.warning_details ?? []), ...others.warning_details],
      runtime: runtime.list(),
    };
    if (!probe) return whole;
    // Providers may repeat the key that they refuse.
    const found = redactor.redactDeep(
      await diagnostics.check([...registry.current.providers.values()], probe),
    );
    const providers = whole.providers.map((p, i) => ({
      ...p,
      ...(found[i] ? { diagnostics: found[i] } : {}),
    }));
    return { ...whole, providers };
  }

  /**
   * Queries one provider, or one runtime adapter, for its free model list.
   * @throws AppError `unknown_provider`
   */
  async check(name: string, signal: AbortSignal): Promise<OperationOutput<'providers.check'>> {
    const { registry, runtime, redactor, diagnostics, now } = this.#parts;
    const provider = providerByName({ registry: registry.current, runtime, now: now() }, name);
    const [found] = redactor.redactDeep(await diagnostics.check([provider], signal));
    return { name: provider.name, diagnostics: found! };
  }
}
