import { create } from 'zustand';

/** Where the Bench's next message goes. */
export interface Target {
  /** null: no module, so no preset, schema or defaults of one. */
  module: string | null;
  /** A provider's name or a runtime adapter's id; null: whatever the module's preset says. */
  provider: string | null;
  /** null: the provider's first model. Only under a provider. */
  model: string | null;
  /** null: the module's active preset. Only without a provider. */
  preset: string | null;
}

/** The first target works at once, offline and for nothing. */
export const firstTarget: Target = { module: 'vn_chat', provider: 'stub', model: null, preset: null };

export const useTarget = create<Target>(() => firstTarget);

export function setTarget(change: Partial<Target>): void {
  useTarget.setState(change);
}
