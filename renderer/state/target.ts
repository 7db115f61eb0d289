import { create } from 'zustand';

/** The target of the Bench's next message. */
export interface Target {
  /** null: no module, so no preset, schema or defaults. */
  module: string | null;
  /** A provider's name or a runtime adapter's id; null: the one in the module's preset. */
  provider: string | null;
  /** null: the provider's first model. Only with a provider. */
  model: string | null;
  /** null: the module's active preset. Only without a provider. */
  preset: string | null;
}

/** The default target works immediately, offline and free of charge. */
export const firstTarget: Target = { module: 'vn_chat', provider: 'stub', model: null, preset: null };

export const useTarget = create<Target>(() => firstTarget);

export function setTarget(change: Partial<Target>): void {
  useTarget.setState(change);
}
