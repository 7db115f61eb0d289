import { CircleCheck, PencilLine } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LifecycleView } from '../../../../contract/module-preset.ts';
import type { PresetForms } from '../../../../contract/user-preset.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { LifecycleBadge } from '../../../ui/lifecycle-badge.tsx';

const t = modulesMessages.preset;

interface PresetHeaderProps {
  preset: PresetForms;
  model: string;
  lifecycle: LifecycleView;
  isActive: boolean;
  unsaved: boolean;
  /** Why it cannot be saved now. */
  cannotSave: string | null;
  onSave: () => void;
  onDiscard: () => void;
  children: ReactNode;
}

/** The model, the state of the preset, and its actions. */
export function PresetHeader(props: PresetHeaderProps) {
  const { preset, model, lifecycle, isActive, unsaved, cannotSave, onSave, onDiscard, children } = props;
  const whyNot = unsaved ? cannotSave : t.nothingToSave;
  return (
    <header className="flex shrink-0 flex-col gap-1.5 border-b border-line px-4 py-2">
      <div className="flex items-start gap-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">
          <h1 className="text-lg font-semibold wrap-anywhere">{model}</h1>
          {isActive && (
            <Badge tone="accent" icon={CircleCheck}>
              {t.active}
            </Badge>
          )}
          <LifecycleBadge lifecycle={lifecycle} />
          {preset.dirty && <Badge icon={PencilLine}>{t.edited}</Badge>}
          {preset.origin === 'user' && <Badge>{t.mine}</Badge>}
          {unsaved && <Badge tone="warn">{t.unsaved}</Badge>}
          <code className="num text-ink-faint">{preset.id}</code>
        </div>
        <Button disabled={!unsaved} title={unsaved ? undefined : t.nothingToSave} onClick={onDiscard}>
          {t.discard}
        </Button>
        <Button look="primary" disabled={whyNot !== null} title={whyNot ?? undefined} onClick={onSave}>
          {t.save}
          <KeyHint id="save" onColour />
        </Button>
      </div>
      {children}
    </header>
  );
}
