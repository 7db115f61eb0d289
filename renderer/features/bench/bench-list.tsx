import type { ChatRequest } from '../../../contract/chat.ts';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { setTarget, useTarget } from '../../state/target.ts';
import { formatTime } from '../../ui/format.ts';
import { ListRow } from '../../ui/list.tsx';
import { isPackRequest } from './input/chat-input.ts';
import { useDrafts } from './input/drafts.ts';
import { SavedInputs } from './input/saved-inputs-list.tsx';
import { RunIcon } from './run/run-icon.tsx';
import type { Run } from './run/run-store.ts';
import { showRun, useRuns } from './run/run-store.ts';
import { inModuleOrder } from '../../state/module-order.ts';
import { Section } from '../../ui/section.tsx';

const t = messages.bench;

/** The inputs, one per module, and the runs since the window opened. */
export function BenchList() {
  const registry = useOperation('registry.get', {});
  return (
    <>
      {registry.data && <Inputs registry={registry.data} />}
      <SavedInputs />
      <RecentRuns />
    </>
  );
}

function Inputs({ registry }: { registry: RegistryView }) {
  const module = useTarget((target) => target.module);
  const byModule = useDrafts((drafts) => drafts.byModule);
  const { modules } = registry.defaults;
  return (
    <Section look="list" title={t.inputs}>
      <ListRow
        label={t.noModule}
        selected={module === null}
        dot={byModule.none !== undefined}
        onClick={() => setTarget({ module: null, preset: null })}
      />
      {inModuleOrder(Object.keys(modules)).map((name) => (
        <ListRow
          key={name}
          label={modules[name]?.label ?? name}
          note={modules[name]?.model}
          selected={module === name}
          dot={byModule[name] !== undefined}
          onClick={() => setTarget({ module: name, preset: null })}
        />
      ))}
    </Section>
  );
}

const shownLength = 80;

/** The start of the last message: long enough for one row. */
function firstWords({ input }: Run): string {
  const text = isPackRequest(input) ? Object.values(input.variables ?? {}).find(isText) : lastContent(input);
  return String(text ?? '').slice(0, shownLength);
}

const isText = (value: unknown) => typeof value === 'string';
const lastContent = (input: ChatRequest) => input.messages.at(-1)?.content;

function RecentRuns() {
  const { runs, shown } = useRuns();
  return (
    <Section look="list" title={t.recent}>
      {runs.length === 0 && <p className="px-3 py-1 text-sm text-ink-faint">{t.noRuns}</p>}
      {runs.map((run) => (
        <ListRow
          key={run.id}
          icon={<RunIcon run={run} />}
          label={firstWords(run)}
          note={formatTime(run.startedAt)}
          selected={Object.values(shown).includes(run.id)}
          onClick={() => showRun(run.id)}
        />
      ))}
    </Section>
  );
}
