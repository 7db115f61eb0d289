import { CircleCheck } from 'lucide-react';
import { useMemo } from 'react';
import type { JsonSchema } from '../../../../contract/module-preset.ts';
import type { PresetCheck } from '../../../../contract/preset-check.ts';
import { codedText } from '../../../api/coded-text.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { JsonField } from '../json/json-field.tsx';
import { schemaProblems } from '../preset/preset-schema.ts';
import type { PresetForm } from '../preset/use-preset-form.ts';

const t = modulesMessages.preset;

const sources = () =>
  [
    { value: 'module', label: t.ofModule },
    { value: 'preset', label: t.ownSchema },
    { value: 'none', label: t.noSchema },
  ] as const;

interface SchemaTabProps {
  form: PresetForm;
  moduleSchema: JsonSchema | undefined;
  check: PresetCheck | undefined;
}

/** The schema of the reply: the module's, the preset's own, or none. */
export function SchemaTab({ form, moduleSchema, check }: SchemaTabProps) {
  const { schema } = form.settings;
  const source = schema === undefined ? 'module' : schema === null ? 'none' : 'preset';
  const choose = (next: ReturnType<typeof sources>[number]['value']) => {
    const start = moduleSchema ?? { type: 'object' };
    form.setText('schema', undefined);
    form.change({ schema: next === 'module' ? undefined : next === 'none' ? null : (schema ?? start) });
  };
  const english = check?.schema.from === source ? check.schema.problem : null;
  const problem = english && codedText('preset_problem', english, check?.schema.problem_detail);
  const further = useMemo(() => (problem === null ? undefined : [{ message: problem }]), [problem]);
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex items-center gap-3">
        <Segments label={t.schemaFrom} options={sources()} value={source} onChange={choose} />
        {source === 'none' && <span className="text-ink-soft">{t.noSchemaHelp}</span>}
        {source === 'module' && !moduleSchema && <span className="text-ink-soft">{t.noModuleSchema}</span>}
      </div>
      {source === 'module' && moduleSchema && (
        <CodeEditor label={t.schemaText} language="json" value={JSON.stringify(moduleSchema, null, 2)} />
      )}
      {source === 'preset' && (
        <JsonField
          label={t.schemaText}
          value={schema}
          pretty={JSON.stringify(schema, null, 2)}
          text={form.texts.schema}
          onText={(text) => form.setText('schema', text)}
          onValue={(value) => form.change({ schema: value as JsonSchema })}
          check={schemaProblems}
          further={further}
          minLines={8}
        />
      )}
      {check && problem === null && form.texts.schema === undefined && <Sample schema={check.schema} />}
    </div>
  );
}

function Sample({ schema: { schema, sample } }: Pick<PresetCheck, 'schema'>) {
  if (schema === null) return null;
  return (
    <section aria-label={t.sample} className="flex flex-col gap-1.5">
      <p className="flex items-center gap-1.5 text-sm text-ink-soft">
        <CircleCheck size={13} aria-hidden="true" className="text-ok" />
        {sample === null ? t.noSample : t.schemaFits}
      </p>
      {sample !== null && (
        <CodeBlock label={t.sample} language="json" text={JSON.stringify(sample, null, 2)} />
      )}
    </section>
  );
}
