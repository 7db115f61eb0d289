import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { useFrame } from '../../../state/frame-store.ts';
import { openInspector } from '../../../state/inspector.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { type Column, isMuted, useActiveColumn, useAllColumns, useColumns } from '../columns/columns.ts';
import { useColumnInput } from '../columns/use-column-input.ts';
import { PriceNote } from '../price/price-note.tsx';
import { LiveNeeds } from '../run/live-needs.tsx';
import { RunBar } from '../run/run-bar.tsx';
import { CostCap } from '../run/cost-cap.tsx';
import { useRunsUnderWay, useShownRun } from '../run/run-store.ts';
import { cancelRuns, startRun } from '../run/start-run.ts';
import { draftKey, setDraft, useDraft } from './drafts.ts';
import { MessageEditor } from './message-editor.tsx';
import { OverridesLine } from './overrides-line.tsx';
import type { InputOnScreen } from './use-bench-input.ts';
import { VariablesForm } from './variables-form.tsx';
import { messages } from '../../../messages.ts';
import { Segments } from '../../../ui/segments.tsx';
import { type InputForm, setInputForm } from './variables.ts';

const t = messages.bench;
const forms = (): readonly { value: InputForm; label: string; title: string }[] => [
  { value: 'messages', label: t.asMessages, title: t.asMessagesTitle },
  { value: 'variables', label: t.asVariables, title: t.asVariablesTitle },
];

/** Messages by hand, or the module's prompt pack with its variables. Switching keeps the other form's content. */
function InputFormSwitch({ module, form }: { module: string; form: InputForm }) {
  return (
    <Segments
      label={t.inputForm}
      options={forms()}
      value={form}
      onChange={(value) => setInputForm(module, value)}
    />
  );
}

interface ComposerProps {
  registry: RegistryView | undefined;
  inputOnScreen: InputOnScreen;
}

/** The input, and its keyboard shortcuts. */
export function Composer({ registry, inputOnScreen }: ComposerProps) {
  const { input, form, hasPack, pack } = inputOnScreen;
  const mode = useFrame((state) => state.mode);
  const columns = useAllColumns();
  const active = useActiveColumn();
  const underWay = useRunsUnderWay();
  const shownRun = useShownRun(active.id);
  const { module } = active.target;
  const key = draftKey(module);
  const draft = useDraft(key);
  const canRun = input !== null;
  const columnInput = useColumnInput();
  const state = useColumns();
  const unmutedColumns = columns.filter(({ id }) => !isMuted(id, state));
  const isStub = unmutedColumns.every(({ target }) => target.provider === 'stub');
  const start = (chosen: readonly Column[]) => {
    if (!input) return;
    // A dry run of a real provider gives only a plan, which the inspector shows.
    if (mode === 'dry' && !isStub && columns.length === 1) openInspector();
    for (const column of chosen) void startRun(mode, column, columnInput(column, input));
  };
  useShortcut('run', () => start(unmutedColumns), canRun);
  useShortcut('runColumn', () => start([active]), canRun);
  useShortcut('cancel', () => cancelRuns(), underWay.length > 0);

  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pt-3">
        {form === 'variables' ? (
          pack && <VariablesForm pack={pack} />
        ) : (
          <MessageEditor key={key} draftName={key} draft={draft} onChange={(next) => setDraft(key, next)} />
        )}
      </div>
      <OverridesLine draftName={key} />
      {registry && <LiveNeeds registry={registry} />}
      <RunBar
        canRun={canRun}
        mode={mode}
        isStub={isStub}
        runs={underWay}
        onRun={() => start(unmutedColumns)}
        price={<PriceNote columns={unmutedColumns} input={input} columnInput={columnInput} />}
        onCancel={() => cancelRuns()}
      >
        {hasPack && module !== null && <InputFormSwitch module={module} form={form} />}
        <CostCap key={key} draftName={key} run={shownRun} />
      </RunBar>
    </>
  );
}
