import { codedText } from '../../../api/coded-text.ts';
import { Download, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { ExportReport, ProjectView } from '../../../../contract/translation.ts';
import { request } from '../../../api/client.ts';
import { fetchFromServer } from '../../../api/fetch-from-server.ts';
import { useAction } from '../../../api/use-action.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { formatCount, formatList } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { Switch } from '../../../ui/switch.tsx';
import { PanelSection } from '../project/panel-section.tsx';
import { showOnly } from '../review/review-filter.ts';
import { selectProject } from '../selection.ts';

const shownProblems = 20;

/** Downloads the files of the last export as a zip. */
async function download({ id, name }: ProjectView): Promise<void> {
  const response = await fetchFromServer(`/api/translate/projects/${encodeURIComponent(id)}/download`);
  saveFile(`${name}.zip`, [await response.blob()], 'application/zip');
}

/** Whether the panel runs in its own window, with the system's dialogs and its file manager. */
const isDesktop = window.panel !== undefined;

/** Writes the translated files, and reports what was left out. */
export function ExportPanel({ view }: { view: ProjectView }) {
  const { busy, error, run } = useAction();
  const [to, setTo] = useState<string | null>(null);
  const [inGame, setInGame] = useState(false);
  const [flagged, setFlagged] = useState(false);
  const [report, setReport] = useState<ExportReport | null>(null);
  const output = to ?? `${view.folder}/output`;
  const chooseFolder = () =>
    run(async () => {
      const [path] = (await request('app.choosePaths', { kind: 'folder' })).paths;
      if (path !== undefined) setTo(path);
    });
  const write = () =>
    run(async () => {
      const written = await request('translate.export', {
        project: view.id,
        ...(inGame ? { in_game: true } : to === null ? {} : { to }),
        ...(flagged && { include_flagged: true }),
      });
      setReport(written);
      if (!isDesktop && written.files.length > 0) await download(view);
    });
  return (
    <PanelSection title={t.export.title} className="flex max-h-1/2 flex-col gap-2.5 overflow-y-auto">
      <p className="text-ink-soft wrap-anywhere">
        {isDesktop ? t.export.help(inGame ? view.game : output) : t.export.helpWeb}
      </p>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1.5">
        {isDesktop && <Switch label={t.export.inGame} checked={inGame} onChange={setInGame} />}
        <Switch label={t.export.flagged} checked={flagged} onChange={setFlagged} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" disabled={busy} onClick={write}>
          <Download size={13} aria-hidden="true" />
          {busy ? t.export.writing : t.export.write}
        </Button>
        {isDesktop && !inGame && (
          <Button disabled={busy} onClick={chooseFolder}>
            {t.export.chooseFolder}
          </Button>
        )}
        {!isDesktop && report && report.files.length > 0 && (
          <Button disabled={busy} onClick={() => run(() => download(view))}>
            {t.export.download}
          </Button>
        )}
      </div>
      {error && <ErrorCard error={error} />}
      {report && <Report view={view} report={report} />}
    </PanelSection>
  );
}

function Report({ view, report }: { view: ProjectView; report: ExportReport }) {
  const { left_out: out, problems } = report;
  const hasFiles = report.files.length > 0;
  const reasons = (['untranslated', 'flagged', 'stale', 'read_only'] as const).filter(
    (reason) => out[reason] > 0,
  );
  return (
    <section aria-label={t.export.report} className="flex flex-col gap-1.5">
      <p role="status" className="font-medium">
        {hasFiles || problems.length > 0
          ? t.export.written(formatCount(report.written_units), formatCount(report.files.length))
          : t.export.nothing}
      </p>
      {hasFiles && (
        <p className="flex items-center gap-2 text-sm">
          <span className="text-ink-faint">{t.export.to}</span>
          <code className="num min-w-0 wrap-anywhere">{report.folder}</code>
          <CopyButton text={report.folder} />
          {isDesktop && <ShowButton path={`${report.folder}/${report.files[0]?.path}`} />}
        </p>
      )}
      {reasons.length > 0 && (
        <p className="text-sm text-ink-soft">
          {t.export.leftOutLines(
            formatList(reasons.map((reason) => t.export.leftOut[reason](formatCount(out[reason])))),
          )}
          {out.flagged > 0 && (
            <Button
              look="quiet"
              className="ml-2"
              onClick={() => {
                showOnly(view.id, 'flagged');
                selectProject(view.id, 'review');
              }}
            >
              {t.export.showFlagged}
            </Button>
          )}
        </p>
      )}
      {problems.length > 0 && (
        <div role="alert" className="text-sm">
          <p className="text-bad">{t.export.problems}</p>
          <ul>
            {problems.slice(0, shownProblems).map(({ path, key, message, message_detail: detail }) => (
              <li key={`${path} ${key} ${message}`} className="wrap-anywhere">
                <code className="num">{path}</code> · <code className="num">{key}</code>:{' '}
                {codedText('write_problem', message, detail)}
              </li>
            ))}
          </ul>
          {problems.length > shownProblems && (
            <p className="text-ink-faint">{t.export.more(formatCount(problems.length - shownProblems))}</p>
          )}
        </div>
      )}
    </section>
  );
}

/** Shows a file in the system's file manager. */
function ShowButton({ path }: { path: string }) {
  const { busy, error, run } = useAction();
  return (
    <>
      <IconButton
        icon={FolderOpen}
        label={t.export.showFile}
        disabled={busy}
        onClick={() => run(async () => void (await request('app.showFile', { path })))}
      />
      {error && <ErrorCard error={error} />}
    </>
  );
}
