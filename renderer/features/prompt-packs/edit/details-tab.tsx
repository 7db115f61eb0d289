import type { PackProblem } from '../../../../contract/user-pack.ts';
import { packProblemText } from '../../../api/coded-text.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { Field } from '../../../ui/field.tsx';
import { JsonPart } from './json-part.tsx';
import type { PackEditor } from './use-pack-editor.ts';

const t = promptPacksMessages.promptPacks;
const texts = () =>
  [
    { field: 'title', label: t.titleField, mono: false },
    { field: 'version', label: t.version, mono: true },
    { field: 'description', label: t.description, mono: false },
  ] as const;

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const listOf = (value: unknown) => (Array.isArray(value) ? value.join(', ') : '');

/** `pack.json` without its variables, which have a tab of their own. */
export function DetailsTab({ editor, problems }: { editor: PackEditor; problems: readonly PackProblem[] }) {
  const { work, readOnly } = editor;
  const { pack } = work;
  const errorAt = (path: string) => {
    const found = problems.find((problem) => problem.file === 'pack.json' && problem.path === path);
    return found && packProblemText(found);
  };
  const update = (over: Record<string, unknown>) => editor.change({ ...work, pack: { ...pack, ...over } });
  const { options, turns, checks } = pack;
  const rest = { options, ...(turns === undefined ? {} : { turns }), checks };
  return (
    <div className="flex flex-col gap-4 p-3">
      <fieldset
        disabled={readOnly}
        title={readOnly ? t.readOnlyHelp : undefined}
        className="grid grid-cols-[minmax(0,1fr)_7rem] gap-3"
      >
        {texts().map(({ field, label, mono }) => (
          <div key={field} className={field === 'description' ? 'col-span-2' : undefined}>
            <Field
              label={label}
              mono={mono}
              value={textOf(pack[field])}
              error={errorAt(field)}
              onChange={(value) => update({ [field]: value })}
            />
          </div>
        ))}
        <div className="col-span-2">
          <TagsField
            value={listOf(pack.tags)}
            error={errorAt('tags')}
            onChange={(tags) => update({ tags })}
          />
        </div>
      </fieldset>
      <JsonPart
        editor={editor}
        field="rest"
        label={t.rest}
        help={t.restHelp}
        value={rest}
        file="pack.json"
        problems={problems.filter(({ path }) => /^(options|turns|checks)/.test(path))}
        minLines={8}
        withValue={(value) => {
          const { options: _o, turns: _t, checks: _c, ...others } = pack;
          return { ...work, pack: { ...others, ...value } };
        }}
      />
      <JsonPart
        editor={editor}
        field="samples"
        label={t.samples}
        help={t.samplesHelp}
        value={work.samples ?? {}}
        file="samples"
        problems={problems.flatMap((problem) => {
          const name = /^samples\/(.*)\.json$/.exec(problem.file)?.[1];
          return name === undefined ? [] : [{ ...problem, file: 'samples', path: `${name}.${problem.path}` }];
        })}
        minLines={8}
        withValue={(samples) => ({ ...work, samples })}
      />
    </div>
  );
}

interface TagsFieldProps {
  value: string;
  error: string | undefined;
  onChange: (tags: string[]) => void;
}

function TagsField({ value, error, onChange }: TagsFieldProps) {
  const split = (text: string) => text.split(',').map((tag) => tag.trimStart());
  return (
    <Field
      label={t.tags}
      hint={t.tagsHelp}
      error={error}
      value={value}
      onChange={(text) => onChange(text === '' ? [] : split(text))}
    />
  );
}
