import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { PackPreview } from '../../../../contract/user-pack.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Select } from '../../../ui/select.tsx';
import { setPreviewTexts, usePreviewTexts } from '../drafts/drafts.ts';
import { textOf, variablesOf } from '../edit/pack-variables.ts';
import type { PackEditor } from '../edit/use-pack-editor.ts';
import { VariableText } from '../edit/variable-text.tsx';
import { sampleShown, applySample } from './preview-values.ts';
import { ProblemLines } from './problem-lines.tsx';

const t = promptPacksMessages.promptPacks;
const typedHere = '\0typed';

interface PreviewPaneProps {
  editor: PackEditor;
  preview: PackPreview | undefined;
  error: ErrorInfo | null;
  /** The preview is for the current input. */
  fresh: boolean;
}

/** The request that the pack would send, with values to choose. */
export function PreviewPane({ editor, preview, error, fresh }: PreviewPaneProps) {
  const tokens = preview?.tokens ?? null;
  return (
    <section aria-label={t.preview} aria-busy={!fresh} className="flex h-full min-h-0 flex-col">
      <header className="flex h-8 shrink-0 items-center gap-2 border-b border-line px-3">
        <h2 className="flex-1 font-medium">{t.preview}</h2>
        {!fresh && <span className="appear-late text-sm text-ink-faint">{t.updating}</span>}
        {tokens !== null && (
          <span className="num text-ink-soft" title={preview?.counted_by ?? undefined}>
            {t.tokens(formatCount(tokens))}
          </span>
        )}
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-3">
        <Values editor={editor} />
        {error && <ErrorCard error={error} />}
        <ProblemLines problems={preview?.problems ?? []} />
        <Messages preview={preview} />
      </div>
    </section>
  );
}

function Values({ editor }: { editor: PackEditor }) {
  const { module, work } = editor;
  const [open, setOpen] = useState(false);
  const texts = usePreviewTexts(({ byModule }) => byModule[module]);
  const shown = sampleShown(work, texts);
  const samples = Object.entries(work.samples ?? {}).map(([name, sample]) => {
    const { title } = (sample ?? {}) as { title?: unknown };
    return { value: name, label: typeof title === 'string' ? title : name };
  });
  const own = { value: '', label: t.ownSamples };
  const typed = shown === null ? [{ value: typedHere, label: t.typed }] : [];
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          bare
          label={t.valuesFrom}
          className="min-w-42 flex-1"
          groups={[{ options: [own, ...samples, ...typed] }]}
          value={shown ?? typedHere}
          onChange={(name) => name !== typedHere && applySample(module, work, name === '' ? null : name)}
        />
        <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon size={13} aria-hidden="true" />
          {open ? t.hideValues : t.showValues}
        </Button>
      </div>
      {open &&
        variablesOf(work).map((variable) => (
          <VariableText
            key={variable.name}
            label={t.valueOf(variable.name)}
            name={variable.type}
            mono={variable.type !== 'string'}
            text={texts?.[variable.name] ?? textOf(variable.sample)}
            error={undefined}
            onChange={(text) => setPreviewTexts(module, { ...texts, [variable.name]: text })}
          />
        ))}
    </div>
  );
}

function Messages({ preview }: { preview: PackPreview | undefined }) {
  if (!preview) return null;
  if (!preview.messages) return <p className="text-ink-soft">{t.noPreview}</p>;
  return (
    <ol aria-label={t.previewOf} className="flex flex-col gap-2">
      {preview.messages.map(({ role, content }, at) => (
        <li key={at} className="rounded-md border border-line bg-raised">
          <p className="border-b border-line px-2.5 py-1 text-sm text-ink-faint">{t.roles[role] ?? role}</p>
          <pre className="num px-2.5 py-2 whitespace-pre-wrap wrap-anywhere">
            {typeof content === 'string' ? content || t.emptyMessage : JSON.stringify(content)}
          </pre>
        </li>
      ))}
    </ol>
  );
}
