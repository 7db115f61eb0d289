import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, Telescope } from 'lucide-react';
import { messages } from '../../../messages.ts';
import type { Run } from './run-store.ts';

const t = messages.bench.runNames;

function lookOf({ phase, kind }: Run) {
  if (phase === 'running') return { icon: CircleDashed, colour: 'text-ink-faint', name: t.running };
  if (phase === 'failed') return { icon: CircleAlert, colour: 'text-bad', name: t.failed };
  if (phase === 'cancelled') return { icon: CircleSlash, colour: 'text-warn', name: t.cancelled };
  if (kind === 'plan') return { icon: Telescope, colour: 'text-accent', name: t.planned };
  return { icon: CircleCheck, colour: 'text-ok', name: t.answered };
}

/** How a run ended, as an icon with a name. */
export function RunIcon({ run }: { run: Run }) {
  const { icon: Icon, colour, name } = lookOf(run);
  return <Icon size={13} aria-label={name} role="img" className={`shrink-0 ${colour}`} />;
}
