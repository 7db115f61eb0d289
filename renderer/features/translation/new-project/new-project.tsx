import { FileText, FolderOpen, Sparkles, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { request } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { formatBytes, formatCount } from '../../../ui/format.ts';
import { Page } from '../../../ui/page.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { createFrom, createFromFiles, useCreation } from './creation.ts';
import { filesOfInput } from './dropped-files.ts';
import { LanguageCombo } from './language-combo.tsx';
import { usualLanguages } from './languages.ts';
import { Form } from '../../../ui/form.tsx';

const icon = { size: 13, 'aria-hidden': true } as const;

/** Opens the system's dialog in the desktop window. */
async function choose(kind: 'folder' | 'files'): Promise<void> {
  try {
    const { paths } = await request('app.choosePaths', { kind });
    if (paths.length > 0) await createFrom({ paths });
  } catch (thrown) {
    useCreation.setState({ error: errorInfoOf(thrown) });
  }
}

/** The start of a project: a drop, a dialog, a pasted text, or the sample. */
export function NewProject({ over }: { over: boolean }) {
  const creation = useCreation();
  const { busy, error } = creation;
  const usual = usualLanguages();
  const [pasting, setPasting] = useState(false);
  return (
    <Page title={t.create.title}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex min-h-full max-w-240 flex-col gap-4 p-4">
          <div className="flex flex-wrap gap-2">
            <LanguageCombo
              label={t.create.from}
              value={creation.from ?? usual.from}
              placeholder={t.create.detected}
              onChange={(value) => useCreation.setState({ from: value })}
            />
            <LanguageCombo
              label={t.create.into}
              value={creation.into ?? usual.into}
              placeholder=""
              onChange={(value) => useCreation.setState({ into: value })}
            />
          </div>
          <section
            aria-label={t.create.drop}
            className={`flex flex-1 flex-col items-center justify-center gap-3 rounded-md border border-dashed px-6 py-10 text-center ${
              over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-panel'
            }`}
          >
            <Upload size={22} aria-hidden="true" className="text-ink-faint" />
            <h2 className="font-medium">{over ? t.create.dropNow : t.create.drop}</h2>
            <p className="max-w-120 text-sm text-balance text-ink-soft">{t.create.dropHelp}</p>
            {busy === null ? (
              <div className="flex flex-wrap justify-center gap-2">
                <ChooseButtons />
                <Button aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
                  <FileText {...icon} />
                  {t.create.paste}
                </Button>
              </div>
            ) : (
              <Busy />
            )}
          </section>
          {pasting && <PasteText />}
          {error && <ErrorCard error={error} />}
          <section aria-label={t.create.sample} className="flex items-center gap-3">
            <Button
              disabled={busy !== null}
              onClick={() => void createFrom({ sample: true, provider: 'stub' })}
            >
              <Sparkles {...icon} />
              {t.create.sample}
            </Button>
            <p className="text-sm text-ink-soft">{t.create.sampleHelp}</p>
          </section>
        </div>
      </div>
    </Page>
  );
}

function Busy() {
  const busy = useCreation((state) => state.busy);
  if (busy === null) return null;
  if (busy === 'reading') return <p role="status">{t.create.reading}</p>;
  const { done, of, bytes } = busy;
  const progress = t.create.uploading(formatCount(done), formatCount(of), formatBytes(bytes));
  return (
    <div className="w-80">
      <p role="status" className="num pb-1.5 text-sm">
        {progress}
      </p>
      <Progress label={progress} value={done} of={of} />
    </div>
  );
}

function ChooseButtons() {
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const isDesktop = window.panel !== undefined;
  const open = (kind: 'folder' | 'files') => () => {
    if (isDesktop) void choose(kind);
    else (kind === 'folder' ? folder : files).current?.click();
  };
  const onChosen = (list: FileList | null) => {
    if (list?.length) void createFromFiles(() => filesOfInput(list));
  };
  return (
    <>
      <Button look="primary" onClick={open('folder')}>
        <FolderOpen {...icon} />
        {t.create.chooseFolder}
      </Button>
      <Button onClick={open('files')}>
        <FileText {...icon} />
        {t.create.chooseFiles}
      </Button>
      {!isDesktop && (
        <>
          <input
            ref={folder}
            type="file"
            hidden
            data-kind="folder"
            {...{ webkitdirectory: '' }}
            onChange={(event) => onChosen(event.target.files)}
          />
          <input
            ref={files}
            type="file"
            hidden
            multiple
            data-kind="files"
            onChange={(event) => onChosen(event.target.files)}
          />
        </>
      )}
    </>
  );
}

function PasteText() {
  const [text, setText] = useState('');
  const busy = useCreation((state) => state.busy);
  const empty = text.trim() === '';
  return (
    <Form
      className="flex flex-col gap-2"
      onSubmit={() => {
        if (!empty) void createFrom({ text });
      }}
    >
      <TextArea
        autoFocus
        aria-label={t.create.pasteLabel}
        placeholder={t.create.pasteLabel}
        rows={6}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        type="submit"
        look="primary"
        className="self-start"
        disabled={empty || busy !== null}
        title={empty ? t.create.pasteEmpty : undefined}
      >
        {t.create.pasteUse}
      </Button>
    </Form>
  );
}
