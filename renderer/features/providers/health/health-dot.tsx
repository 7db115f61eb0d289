import type { LucideIcon } from 'lucide-react';
import { CircleAlert, CircleCheck, CircleDashed, CircleOff, KeyRound } from 'lucide-react';
import type { Diagnostics, ProviderView } from '../../../../contract/provider.ts';
import { providerStatusOf } from '../../../api/provider-status.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';

const t = providersMessages.providers;

interface Look {
  icon: LucideIcon;
  colour: string;
  name: string;
}

const needsKey = (): Look => ({ icon: KeyRound, colour: 'text-warn', name: t.groups.needs_key });

function lookOfHealth(health: Diagnostics | undefined): Look {
  if (!health) return { icon: CircleDashed, colour: 'text-ink-faint', name: t.notChecked };
  if (health.status === 'ok') return { icon: CircleCheck, colour: 'text-ok', name: t.status.ok };
  return { icon: CircleAlert, colour: 'text-bad', name: t.status[health.status] };
}

function lookOf(provider: ProviderView, health: Diagnostics | undefined): Look {
  if (health?.status === 'ok') return lookOfHealth(health);
  const status = providerStatusOf(provider, health);
  if (status === 'off') return { icon: CircleOff, colour: 'text-ink-faint', name: t.groups.off };
  if (status === 'needs_key') return needsKey();
  // The stub needs no network.
  if (provider.kind === 'stub' && !health) return { icon: CircleCheck, colour: 'text-ok', name: t.status.ok };
  return lookOfHealth(health);
}

function Dot({ icon: Icon, colour, name }: Look) {
  return <Icon size={13} role="img" aria-label={name} className={`shrink-0 ${colour}`} />;
}

/** A provider's state as an icon with a name. */
export function HealthDot({ provider, health }: { provider: ProviderView; health: Diagnostics | undefined }) {
  return <Dot {...lookOf(provider, health)} />;
}

interface AdapterDotProps {
  health: Diagnostics | undefined;
  /** Without a key, a refused call means that one is needed. */
  hasKey: boolean;
}

/** The same for an adapter of this session, which has no state other than its health. */
export function AdapterDot({ health, hasKey }: AdapterDotProps) {
  return <Dot {...(health?.status === 'unauthorized' && !hasKey ? needsKey() : lookOfHealth(health))} />;
}
