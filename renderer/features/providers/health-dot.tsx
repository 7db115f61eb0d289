import { CircleAlert, CircleCheck, CircleDashed, CircleOff, KeyRound } from 'lucide-react';
import type { Diagnostics, ProviderView } from '../../../contract/provider.ts';
import { standingOf } from '../../api/provider-standing.ts';
import { messages } from '../../messages.ts';

const words = messages.providers;

function lookOf(provider: ProviderView, health: Diagnostics | undefined) {
  if (health?.status === 'ok') return { icon: CircleCheck, colour: 'text-ok', name: words.status.ok };
  const standing = standingOf(provider, health);
  if (standing === 'off') return { icon: CircleOff, colour: 'text-ink-faint', name: words.groups.off };
  if (standing === 'needs_key') return { icon: KeyRound, colour: 'text-warn', name: words.groups.needs_key };
  if (health) return { icon: CircleAlert, colour: 'text-bad', name: words.status[health.status] };
  return { icon: CircleDashed, colour: 'text-ink-faint', name: words.notChecked };
}

/** A provider's state as an icon with a name. */
export function HealthDot({ provider, health }: { provider: ProviderView; health: Diagnostics | undefined }) {
  const { icon: Icon, colour, name } = lookOf(provider, health);
  return <Icon size={13} role="img" aria-label={name} className={`shrink-0 ${colour}`} />;
}
