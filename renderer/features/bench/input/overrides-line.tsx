import { X } from 'lucide-react';
import { messages } from '../../../messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { overrideNames, setOverrides, useOverrides } from './overrides.ts';

const t = messages.bench;

/** The settings that override the preset's, with a button to remove them. */
export function OverridesLine({ draftName }: { draftName: string }) {
  const overrides = useOverrides(({ byModule }) => byModule[draftName]);
  if (!overrides) return null;
  const forget = () => {
    setOverrides(draftName, null);
    toast({ title: t.overridesGone, undo: () => setOverrides(draftName, overrides) });
  };
  return (
    <p className="flex flex-wrap items-center gap-1 px-3 pt-2 text-sm text-ink-soft">
      {t.overrides}
      {overrideNames(overrides).map((name) => (
        <Badge key={name} tone="accent">
          <span className="num max-w-48 truncate">{name}</span>
        </Badge>
      ))}
      <IconButton icon={X} label={t.forgetOverrides} onClick={forget} />
    </p>
  );
}
