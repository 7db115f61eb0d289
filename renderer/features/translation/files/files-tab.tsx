import { FileQuestion, RefreshCw } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { ImportReport, ProjectFacets, ProjectView } from '../../../../contract/translation.ts';
import { codedText } from '../../../api/coded-text.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import type { Column } from '../../../ui/data-table/column.ts';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { formatCount, formatList } from '../../../ui/format.ts';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { importGame, useImports } from '../new-project/creation.ts';
import { setFilter } from '../review/review-filter.ts';
import { selectProject } from '../selection.ts';

type FileRow = ProjectFacets['files'][number];

const shownNotes = 50;

/** A file format's name, for its id in the core. */
function formatName(id: string): string {
  return (t.files.formats as Partial<Record<string, string>>)[id] ?? id;
}

const encodings: Partial<Record<string, string>> = {
  utf8: 'UTF-8',
  utf16le: 'UTF-16 LE',
  utf16be: 'UTF-16 BE',
  shift_jis: 'Shift_JIS',
  big5: 'Big5',
};

/** An encoding's usual name, for its name in `iconv-lite`. */
function encodingName(name: string): string {
  return encodings[name] ?? name.replace(/^(euc|iso|gb)/, (prefix) => prefix.toUpperCase());
}

/** The columns of the files; what is the same in all of them is above the table, and leaves the room to the names. */
function fileColumns(files: readonly FileRow[]): readonly Column<FileRow>[] {
  const figure = (
    id: 'units' | 'characters' | 'repeats' | 'translated' | 'flagged',
    width: number,
  ): Column<FileRow> => ({
    id,
    header: () => t.files.columns[id],
    width,
    align: 'end',
    mono: true,
    cell: (file) => formatCount(file[id]),
    sortBy: (file) => file[id],
    largestFirst: true,
  });
  const format: Column<FileRow> = {
    id: 'format',
    header: () => t.files.columns.format,
    width: 92,
    cell: ({ format: id }) => formatName(id),
    sortBy: ({ format: id }) => id,
  };
  const encoding: Column<FileRow> = {
    id: 'encoding',
    header: () => t.files.columns.encoding,
    width: 80,
    cell: ({ encoding: name }) => encodingName(name),
    sortBy: ({ encoding: name }) => name,
  };
  return [
    {
      id: 'path',
      header: () => t.files.columns.path,
      width: 100,
      grow: 1,
      mono: true,
      cell: ({ path }) => <FilePath path={path} />,
      title: ({ path }) => path,
      sortBy: ({ path }) => path,
    },
    ...(severalOf(files.map(({ format }) => formatName(format))) ? [format] : []),
    ...(severalOf(files.map(({ encoding }) => encodingName(encoding))) ? [encoding] : []),
    figure('units', 60),
    figure('characters', 84),
    figure('repeats', 68),
    figure('translated', 84),
    figure('flagged', 68),
  ];
}

/** A path that keeps its end where it is cut: the name of the file is what tells the rows apart. */
function FilePath({ path }: { path: string }) {
  return (
    <span dir="rtl" className="block truncate text-left">
      <bdi dir="ltr">{path}</bdi>
    </span>
  );
}

const severalOf = (names: readonly string[]) => new Set(names).size > 1;

const sum = (files: readonly FileRow[], of: 'units' | 'characters' | 'repeats') =>
  files.reduce((total, file) => total + file[of], 0);

const joinNames = (names: readonly string[]) => formatList([...new Set(names)]) || t.run.priceUnknown;

/** The texts found in each file of the game, and the files that were not read. */
export function FilesTab({ view }: { view: ProjectView }) {
  const project = view.id;
  const facets = useOperation('translate.facets', { project });
  const { refetch } = facets;
  // Lines may have changed since the last answer.
  useEffect(() => void refetch(), [refetch]);
  const report = useImports((reports) => reports[project]);
  const { busy, error, run } = useAction();
  const listed = facets.data?.files;
  const columns = useMemo(() => fileColumns(listed ?? []), [listed]);
  const readAgain = () => run(async () => void (await importGame(project)));
  if (facets.isError) return <QueryFailure error={facets.error.info} onRetry={() => void facets.refetch()} />;
  if (!facets.data) return <p className="appear-late p-3 text-ink-faint">{t.place.loading}</p>;
  const { files, speakers } = facets.data;
  const warnings = files.flatMap(warningLines);
  const running = view.run?.state === 'running';
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <section aria-label={t.files.found} className="flex shrink-0 flex-col gap-2 px-4 py-3">
        <Facts
          facts={[
            { label: t.files.facts.format, value: joinNames(files.map(({ format }) => formatName(format))) },
            {
              label: t.files.facts.encoding,
              value: joinNames(files.map(({ encoding }) => encodingName(encoding))),
            },
            { label: t.files.facts.files, value: formatCount(files.length) },
            { label: t.files.facts.units, value: formatCount(sum(files, 'units')) },
            { label: t.files.facts.characters, value: formatCount(sum(files, 'characters')) },
            { label: t.files.facts.repeats, value: formatCount(sum(files, 'repeats')) },
            {
              label: t.files.facts.speakers,
              value: formatCount(speakers.filter(({ speaker }) => speaker !== null).length),
            },
          ]}
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button
            disabled={busy || running}
            title={running ? reviewTexts.review.running : t.files.againHelp}
            onClick={readAgain}
          >
            <RefreshCw size={13} aria-hidden="true" />
            {busy ? t.create.reading : t.files.again}
          </Button>
          {(view.units.by_state['new'] ?? 0) > 0 && (
            <Button onClick={() => selectProject(project, 'plan')}>{t.files.next}</Button>
          )}
          {report && (
            <span role="status" className="num text-sm text-ink-soft">
              {t.files.changes(
                formatCount(report.new),
                formatCount(report.changed),
                formatCount(report.gone),
              )}
            </span>
          )}
        </div>
        {error && <ErrorCard error={error} />}
        {report && report.left_out.length > 0 && (
          <FileNotes title={t.files.leftOut} lines={report.left_out.map(leftOutText)} />
        )}
        {warnings.length > 0 && <FileNotes title={t.files.warnings} lines={warnings} />}
      </section>
      <div className="min-h-40 flex-1 border-t border-line">
        <DataTable
          label={t.files.table}
          data={files}
          columns={columns}
          rowId={({ path }) => path}
          onOpen={({ path }) => {
            setFilter(project, { file: path });
            selectProject(project, 'review');
          }}
          empty={
            <div className="h-40">
              <EmptyState icon={FileQuestion} title={t.plan.empty} />
            </div>
          }
        />
      </div>
    </div>
  );
}

/** Some texts begin with the file that they are about. */
const noteOn = (path: string, text: string) => (text.startsWith(path) ? text : `${path}: ${text}`);

const warningLines = ({ path, warnings, warning_details: details = [] }: FileRow) =>
  warnings.map((warning, at) => noteOn(path, codedText('file_warning', warning, details[at] ?? undefined)));

const leftOutText = ({ path, reason, reason_detail: detail }: ImportReport['left_out'][number]) =>
  noteOn(path, codedText('left_out_file', reason, detail));

/** Notes on single files: their number, and the first of them. */
function FileNotes({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <details className="text-sm">
      <summary className="cursor-default text-ink-soft">
        {title} <span className="num text-ink-faint">{formatCount(lines.length)}</span>
      </summary>
      <ul className="max-h-28 overflow-y-auto pt-1 pl-4">
        {lines.slice(0, shownNotes).map((line) => (
          <li key={line} className="wrap-anywhere">
            {line}
          </li>
        ))}
        {lines.length > shownNotes && (
          <li className="text-ink-faint">{t.export.more(formatCount(lines.length - shownNotes))}</li>
        )}
      </ul>
    </details>
  );
}
