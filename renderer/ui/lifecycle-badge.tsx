import { Archive, CircleHelp, Clock } from 'lucide-react';
import type { LifecycleView } from '../../contract/module-preset.ts';
import { messages } from '../messages.ts';
import { Badge } from './badge.tsx';

const looks = {
  deprecated: { tone: 'warn', icon: Clock },
  retired: { tone: 'bad', icon: Archive },
  never_released: { tone: 'bad', icon: Archive },
  unknown: { tone: 'plain', icon: CircleHelp },
} as const;

/** A model's lifecycle status; nothing for an active one. */
export function LifecycleBadge({ lifecycle }: { lifecycle: LifecycleView }) {
  if (lifecycle.status === 'active') return null;
  const { tone, icon } = looks[lifecycle.status];
  const t = messages.lifecycle;
  const date = lifecycle.shutdown === null ? '' : ` ${lifecycle.shutdown}`;
  const title = [
    lifecycle.note,
    lifecycle.source && `${t.source}: ${lifecycle.source}`,
    lifecycle.as_of,
  ].filter(Boolean);
  return (
    <Badge tone={tone} icon={icon} title={title.join('\n')}>
      {t[lifecycle.status]}
      {lifecycle.status !== 'unknown' && date}
    </Badge>
  );
}
