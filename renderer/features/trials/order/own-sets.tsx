import { Trash2, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { SetLine } from '../../../../contract/trials.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { CheckBox } from '../../../ui/check-box.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { readTextFile } from '../../../ui/read-text-file.ts';
import { Section } from '../../../ui/section.tsx';
import { Select } from '../../../ui/select.tsx';

/**
 * A set's name from a file's or a project's name: small letters, digits and "-"; `my-set` if nothing is left
 * of it.
 */
function setNameOf(text: string): string {
  const name = text
    .replace(/\.[^.]+$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return name || 'my-set';
}

/** The user's own sets: import, creation from a project's reviewed lines, removal. */
export function OwnSets({ sets, onMade }: { sets: readonly SetLine[]; onMade: (name: string) => void }) {
  const t = trialsMessages.trials;
  const { busy, error, run } = useAction();
  const file = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<File | null>(null);
  const importFile = (picked: File, skip: boolean) => {
    setRefused(skip ? null : picked);
    run(async () => {
      const text = await readTextFile(picked);
      const more = skip ? { skip_problems: true } : {};
      const { set } = await runCommand('trials.importSet', { name: setNameOf(picked.name), text, ...more });
      setRefused(null);
      onMade(set.name);
    });
  };
  return (
    <Section look="page" title={t.sets}>
      <p className="text-sm text-ink-faint">{t.importHelp}</p>
      <div className="flex flex-wrap items-center gap-2">
        <Button disabled={busy} onClick={() => file.current?.click()}>
          <Upload size={13} aria-hidden="true" />
          {t.importSet}
        </Button>
        {error && refused && <Button onClick={() => importFile(refused, true)}>{t.importAnyway}</Button>}
        <input
          ref={file}
          type="file"
          accept=".jsonl,.ndjson,.json,application/jsonl"
          hidden
          onChange={(event) => {
            const [picked] = event.target.files ?? [];
            if (picked) importFile(picked, false);
            // Allows picking the same file again after it was corrected.
            event.target.value = '';
          }}
        />
      </div>
      <FromProject
        busy={busy}
        onMake={(project, name, fromFiles) =>
          run(async () => {
            const more = fromFiles ? { from_files: true } : {};
            const { set } = await runCommand('trials.fromProject', {
              project,
              name: setNameOf(name),
              ...more,
            });
            onMade(set.name);
          })
        }
      />
      {error && <ErrorCard error={error} />}
      <ul className="flex flex-col">
        {sets.map(({ name, title, units, module }) => (
          <li key={name} className="flex items-center gap-2">
            <span className="min-w-0 truncate">{title}</span>
            <span className="text-sm text-ink-faint">{t.setNote(String(units ?? 0), module)}</span>
            <IconButton
              icon={Trash2}
              label={t.removeSet(title)}
              disabled={busy}
              onClick={() => run(async () => void (await runCommand('trials.removeSet', { name })))}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface FromProjectProps {
  busy: boolean;
  onMake: (project: string, name: string, fromFiles: boolean) => void;
}

function FromProject({ busy, onMake }: FromProjectProps) {
  const t = trialsMessages.trials;
  // Opens the database for the projects only when needed: nothing else on this page reads it.
  const [open, setOpen] = useState(false);
  const { data, error } = useOperation('translate.list', {}, { enabled: open });
  const [chosen, setChosen] = useState('');
  const [fromFiles, setFromFiles] = useState(false);
  const project = data?.projects.find(({ id }) => id === chosen) ?? data?.projects[0];
  if (!open)
    return (
      <Button className="self-start" title={t.fromProjectHelp} onClick={() => setOpen(true)}>
        {t.chooseProject}
      </Button>
    );
  if (error) return <ErrorCard error={error.info} />;
  if (!project) return data ? <p className="text-sm text-ink-faint">{t.noProject}</p> : null;
  const options = (data?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select label={t.fromProject} groups={[{ options }]} value={project.id} onChange={setChosen} />
      <CheckBox label={t.fromFiles} checked={fromFiles} onChange={setFromFiles} />
      <span className="text-sm text-ink-soft">{t.fromFiles}</span>
      <Button
        disabled={busy}
        title={t.fromProjectHelp}
        onClick={() => onMake(project.id, project.name, fromFiles)}
      >
        {t.makeSet}
      </Button>
    </div>
  );
}
