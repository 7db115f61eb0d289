import type { ProviderView } from '../../../../contract/provider.ts';
import { narrowestFlag } from '../../../api/provider-status.ts';

export type Flags = Readonly<Record<string, unknown>>;
export type Switched = Pick<ProviderView, 'name' | 'enabled' | 'flags'>;

/** One write of a switch: a flag of the shared configuration, or `enabled` in the provider's own file. */
interface SwitchStep {
  flag?: { flag: string; enabled: boolean };
  /** `enabled` of the entry. */
  entry?: boolean;
}

const flagsOn = ({ flags }: Switched, features: Flags) => flags.filter((flag) => features[flag] === true);

/** Whether its file says `"enabled": false`, whatever the flags say. */
function isOffInFile(provider: Switched, features: Flags): boolean {
  return !provider.enabled && (provider.flags.length === 0 || flagsOn(provider, features).length > 0);
}

/**
 * The steps that turn one provider on or off and leave all others unchanged. A shared flag is never turned
 * off for it.
 */
export function switchSteps(provider: Switched, features: Flags, on: boolean): SwitchStep[] {
  const own = narrowestFlag(provider);
  const flagsSet = flagsOn(provider, features);
  if (on) {
    const steps: SwitchStep[] = isOffInFile(provider, features) ? [{ entry: true }] : [];
    if (own && flagsSet.length === 0) steps.push({ flag: { flag: own, enabled: true } });
    return steps;
  }
  const shared = flagsSet.some((flag) => flag === 'enable_public_llm');
  if (flagsSet.length === 0 || shared) return [{ entry: false }];
  return flagsSet.map((flag) => ({ flag: { flag, enabled: false } }));
}
