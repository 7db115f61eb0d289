import type { PresetSettings } from '../../../../contract/user-preset.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { MergeView } from '../../../ui/code-editor/merge-view.tsx';
import type { SelectGroup } from '../../../ui/select.tsx';
import { Select } from '../../../ui/select.tsx';
import type { FieldChange } from './preset-diff.ts';
import { fieldChanges, presetText } from './preset-diff.ts';

const t = modulesMessages.preset;

interface DiffTabProps {
  now: PresetSettings;
  against: { value: string; label: string; settings: PresetSettings };
  groups: SelectGroup[];
  onAgainst: (value: string) => void;
}

/** The differences from the shipped form, the saved form or another preset, as fields and as text. */
export function DiffTab({ now, against, groups, onAgainst }: DiffTabProps) {
  const changes = fieldChanges(against.settings, now);
  return (
    <div className="flex flex-col gap-4 p-4">
      <Select
        label={t.against}
        groups={groups}
        value={against.value}
        onChange={onAgainst}
        className="max-w-96 self-start"
      />
      {changes.length === 0 ? (
        <p className="text-ink-soft">{t.noDifference}</p>
      ) : (
        <ChangeTable changes={changes} before={against.label} />
      )}
      <MergeView
        label={t.differences}
        language="json"
        before={presetText(against.settings)}
        after={presetText(now)}
        beforeLabel={against.label}
        afterLabel={t.now}
      />
    </div>
  );
}

function ChangeTable({ changes, before }: { changes: readonly FieldChange[]; before: string }) {
  return (
    <table aria-label={t.fieldsThatDiffer} className="w-full table-fixed border-collapse text-left">
      <thead>
        <tr className="border-b border-line text-sm text-ink-faint">
          {[t.field, before, t.now].map((name) => (
            <th key={name} scope="col" className="h-7 pr-4 font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={`${change.isOption} ${change.field}`} className="border-b border-line align-top">
            <th scope="row" className="num py-1.25 pr-4 font-normal">
              {change.field}
            </th>
            <td className="num py-1.25 pr-4 wrap-anywhere text-ink-soft">
              {sideText(change, change.before)}
            </td>
            <td className="num py-1.25 wrap-anywhere">{sideText(change, change.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const maxLength = 120;

function sideText({ field, isOption }: FieldChange, value: unknown): string {
  if (value === undefined) return field === 'schema' ? t.ofModule : t.inherits;
  if (value === null) return isOption ? t.omitted : t.noSchema;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
