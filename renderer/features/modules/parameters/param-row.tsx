import { Ban, Info, RotateCcw, TriangleAlert } from 'lucide-react';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Segments } from '../../../ui/segments.tsx';
import type { Fix, ParamNote } from './param-notes.ts';
import { fixLabel } from './param-notes.ts';
import type { ParamRow, ParamState } from './param-rows.ts';
import { IgnoreRule, RuleLine } from './model-rules.tsx';
import { ParamValue } from './param-value.tsx';

const t = modulesMessages.preset;

const states = () =>
  [
    { value: 'omit', label: t.omit, title: t.omitTitle },
    { value: 'inherit', label: t.inherit, title: t.inheritTitle },
    { value: 'set', label: t.set, title: t.setTitle },
  ] as const;

const looks = {
  blocks: { icon: Ban, className: 'text-bad' },
  warns: { icon: TriangleAlert, className: 'text-warn' },
  informs: { icon: Info, className: 'text-ink-faint' },
} as const;

interface ParamRowProps {
  row: ParamRow;
  notes: readonly ParamNote[];
  error?: string;
  /** The tooltip of ↺: the value that it restores. */
  backTitle: string;
  onState: (state: ParamState) => void;
  onSet: (value: unknown) => void;
  onBack: () => void;
  onFix: (fix: Fix) => void;
  /** Makes the preset ignore a rule. */
  onIgnore: (rule: string) => void;
}

/** One parameter: left out, inherited or set, with the notes on it. */
export function ParamRowView(props: ParamRowProps) {
  const { row, notes, error, backTitle, onState, onSet, onBack, onFix, onIgnore } = props;
  const { name, state, min, max, changed } = row;
  return (
    <div role="group" aria-label={name} className="flex flex-col gap-1 border-b border-line py-1.5">
      <div className="grid grid-cols-[minmax(5rem,8rem)_auto_minmax(5rem,1fr)_1.75rem] items-start gap-x-2 @xl:grid-cols-[minmax(7rem,10rem)_max-content_minmax(7rem,28rem)_minmax(4.5rem,1fr)_1.75rem] @xl:gap-x-3">
        <span className="flex h-7 min-w-0 items-center gap-1.5">
          <span className="num truncate" title={name}>
            {name}
          </span>
          {changed && <span aria-hidden="true" className="size-1.5 shrink-0 rounded-full bg-accent" />}
        </span>
        <Segments label={t.whatIsSent(name)} options={states()} value={state} onChange={onState} />
        <ParamValue row={row} error={error} onSet={onSet} onClear={() => onState('inherit')} />
        <span className="num hidden h-7 items-center truncate text-ink-faint @xl:flex">
          {(min !== undefined || max !== undefined) && t.range(min, max)}
        </span>
        <IconButton
          icon={RotateCcw}
          label={t.back(name)}
          title={changed ? backTitle : t.isBase}
          disabled={!changed}
          onClick={onBack}
        />
      </div>
      {notes.map((note) => (
        <Note key={note.text} note={note} onFix={onFix} onIgnore={onIgnore} />
      ))}
    </div>
  );
}

interface NoteProps extends Pick<ParamRowProps, 'onFix' | 'onIgnore'> {
  note: ParamNote;
}

function Note({ note: { tone, text, fixes, rule }, onFix, onIgnore }: NoteProps) {
  const { icon: Icon, className } = looks[tone];
  return (
    <div role="note" className="flex items-start gap-2 pb-0.5 pl-1">
      <Icon size={13} aria-hidden="true" className={`mt-1.5 shrink-0 ${className}`} />
      <div className="min-w-0 flex-1 py-1 text-sm wrap-anywhere">
        <p className="text-ink-soft">{text}</p>
        {rule && <RuleLine rule={rule} />}
      </div>
      {fixes.map((fix) => (
        <Button key={fixLabel(fix)} onClick={() => onFix(fix)}>
          {fixLabel(fix)}
        </Button>
      ))}
      {rule && tone !== 'informs' && <IgnoreRule rule={rule} onIgnore={onIgnore} />}
    </div>
  );
}
