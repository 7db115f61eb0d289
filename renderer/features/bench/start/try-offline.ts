import { request } from '../../../api/client.ts';
import { setMode } from '../../../state/frame-store.ts';
import { openInspector } from '../../../state/inspector.ts';
import { setTarget, useTarget } from '../../../state/target.ts';
import { mainColumn } from '../columns/columns.ts';
import { draftKey, newMessage } from '../input/drafts.ts';
import { sampleLine } from '../input/sample-lines.ts';
import { setInputForm, setVariables } from '../input/variables.ts';
import { startRun } from '../run/start-run.ts';

/**
 * Fills in the module's prompt pack with its sample and shows the sample's reply, offline. The plan beside it
 * is the exact request for the module's model, with its price.
 */
export async function tryOffline(): Promise<void> {
  const module = useTarget.getState().module ?? 'vn_chat';
  setMode('dry');
  setTarget({ module, provider: 'stub', model: null, preset: null });
  const key = draftKey(module);
  // A module without a pack, or with a broken one, still has its message.
  const pack = await request('packs.get', { module }).catch(() => null);
  const sample = pack?.samples.find(({ reply }) => reply !== undefined);
  if (sample) setVariables(key, sample.variables);
  setInputForm(key, sample ? 'variables' : 'messages');
  openInspector();
  const column = { id: mainColumn, target: useTarget.getState() };
  const line = [newMessage('user', sampleLine(key))];
  await startRun('dry', column, sample ? { variables: sample.variables } : { draft: line });
}
