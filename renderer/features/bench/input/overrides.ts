import { create } from 'zustand';
import type { BenchOverrides } from '../../../state/bench-handoff.ts';

interface Overrides {
  byModule: Readonly<Record<string, BenchOverrides>>;
}

/** Settings of the input that override the preset's, from a call that was opened on the Bench. */
export const useOverrides = create<Overrides>(() => ({ byModule: {} }));

export function setOverrides(key: string, overrides: BenchOverrides | null): void {
  useOverrides.setState(({ byModule }) => {
    const { [key]: _, ...others } = byModule;
    return {
      byModule: overrides && overrideNames(overrides).length > 0 ? { ...others, [key]: overrides } : others,
    };
  });
}

/** The overridden settings by their names in the API: `temperature 0.3`, `schema`. */
export function overrideNames({
  params,
  schema,
  provider_options: options,
  max_cost_usd: cap,
}: BenchOverrides): string[] {
  const named = Object.entries(params ?? {}).map(([name, value]) =>
    typeof value === 'object' && value !== null ? name : `${name} ${String(value)}`,
  );
  return [
    ...named,
    ...(schema === undefined ? [] : [schema === null ? 'no schema' : 'schema']),
    ...(options ? ['provider_options'] : []),
    ...(cap === undefined ? [] : [`max_cost_usd ${cap}`]),
  ];
}
