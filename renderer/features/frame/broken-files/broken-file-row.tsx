import { ClipboardCopy, FileText, History, Wrench } from 'lucide-react';
import { useState } from 'react';
import type { BrokenFile, FileProblem, FileRepair } from '../../../../contract/user-file.ts';
import { codedText } from '../../../api/coded-text.ts';
import { errorText } from '../../../api/error-text.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { userFilesMessages } from '../../../messages/user-files-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { copyText } from '../../../ui/copy-text.ts';
import { formatList, formatTimestamp, sentenceGap } from '../../../ui/format.ts';
import { undoChange } from '../undo/undo-change.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';

function problemText({ path, message: english, message_detail: detail, line }: FileProblem): string {
  const t = userFilesMessages.files;
  const message = codedText('file_problem', english, detail);
  const text = path && !english.includes(`"${path}"`) ? t.at(path, message) : message;
  return line === null ? text : t.line(line, text);
}

/** The edits of a repair in one line, shown before it is made. */
function repairText(repairs: readonly FileRepair[]): string {
  const t = userFilesMessages.files;
  const syntax = repairs.filter(({ what }) => what === 'syntax').map(({ line }) => line);
  const fields = repairs.filter(({ what }) => what !== 'syntax');
  return [
    ...(syntax.length ? [t.syntax(formatList(syntax.map(String)))] : []),
    ...fields.map(({ what, from = '', to = '', line }) =>
      what === 'rename' ? t.rename(from, to, line) : t.value(from, to, line),
    ),
  ].join(' · ');
}

function effectText({ kind, effect, problems }: BrokenFile): string {
  const t = userFilesMessages.files;
  if (kind === 'variable') return `${t.limits}${sentenceGap()}${t.variable}`;
  if (kind === 'features' || kind === 'comfyvn_registry')
    return `${t.effects[effect]}${sentenceGap()}${t.foreign}`;
  const isLimit = kind === 'settings' && problems.some(({ path }) => path.endsWith('_budget_usd'));
  return isLimit ? t.limits : t.effects[effect];
}

/** One broken file: what is wrong, what is used meanwhile, and how to fix it. */
export function BrokenFileRow({ file, opensFiles }: { file: BrokenFile; opensFiles: boolean }) {
  const t = userFilesMessages.files;
  const { busy, error, run } = useAction();
  const [copied, setCopied] = useState(false);
  const { file: path, shown, problems, repair, last_good: lastGood } = file;
  const line = problems.find((problem) => problem.line !== null)?.line ?? null;
  const mend = (operation: 'files.repair' | 'files.restore', title: string) =>
    run(async () => {
      const { copy, change } = await runCommand(operation, { file: path });
      const description = copy === null ? undefined : t.copyAt(copy);
      toast({ title, description, undo: () => void undoChange(change.id) });
    });
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 py-1 pr-3 pl-8.5">
      <div className="min-w-60 flex-1">
        <p className="num break-all">{shown}</p>
        <ul className="text-sm">
          {problems.map((problem) => (
            <li key={`${problem.line} ${problem.path} ${problem.message}`}>{problemText(problem)}</li>
          ))}
        </ul>
        <p className="text-sm text-ink-soft">{effectText(file)}</p>
        {repair && <p className="text-sm text-ink-soft">{t.repairs(repairText(repair))}</p>}
        <ErrorLine text={error && errorText(error)} className="text-sm" />
      </div>
      <div className="flex flex-wrap gap-1.5">
        {file.kind !== 'variable' && opensFiles && (
          <Button
            disabled={busy}
            title={path}
            onClick={() =>
              run(async () => void (await runCommand('files.open', { file: path, line: line ?? 1 })))
            }
          >
            <FileText size={13} aria-hidden="true" />
            {line === null ? t.openFile : t.open(line)}
          </Button>
        )}
        {!opensFiles && (
          <Button title={path} onClick={() => void copyText(path).then(setCopied)}>
            <ClipboardCopy size={13} aria-hidden="true" />
            {copied ? t.pathCopied : t.copyPath}
          </Button>
        )}
        {lastGood !== null && (
          <Button
            disabled={busy}
            title={t.lastGoodTitle(formatTimestamp(lastGood))}
            onClick={() => mend('files.restore', t.restored(shown))}
          >
            <History size={13} aria-hidden="true" />
            {t.lastGood}
          </Button>
        )}
        {repair && (
          <Button
            look="primary"
            disabled={busy}
            title={t.repairTitle}
            onClick={() => mend('files.repair', t.repaired(shown))}
          >
            <Wrench size={13} aria-hidden="true" />
            {t.repair}
          </Button>
        )}
      </div>
    </li>
  );
}
