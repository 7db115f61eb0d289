import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { useFrame } from '../../../state/frame-store.ts';
import { openInspector } from '../../../state/inspector.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { useTarget } from '../../../state/target.ts';
import { draftKey, hasWords, setDraft, useDraft } from './drafts.ts';
import { LiveNeeds } from '../run/live-needs.tsx';
import { MessageEditor } from './message-editor.tsx';
import { RunBar } from '../run/run-bar.tsx';
import { useRunUnderWay } from '../run/run-store.ts';
import { cancelRun, startRun } from '../run/start-run.ts';

/** The messages, and the key that does something with them. */
export function Composer({ registry }: { registry: RegistryView | undefined }) {
  const target = useTarget();
  const mode = useFrame((state) => state.mode);
  const key = draftKey(target.module);
  const draft = useDraft(key);
  const canRun = hasWords(draft);
  const underWay = useRunUnderWay();
  const isStub = target.provider === 'stub';
  const start = () => {
    // A plan is all that a dry run of a real provider gives, and it is in the inspector.
    if (mode === 'dry' && !isStub) openInspector();
    void startRun(mode, target, draft);
  };
  useShortcut('run', start, canRun);
  useShortcut('cancel', cancelRun, underWay !== null);

  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pt-3">
        <MessageEditor key={key} draftName={key} draft={draft} onChange={(next) => setDraft(key, next)} />
      </div>
      {registry && <LiveNeeds registry={registry} />}
      <RunBar canRun={canRun} mode={mode} isStub={isStub} run={underWay} onRun={start} onCancel={cancelRun} />
    </>
  );
}
