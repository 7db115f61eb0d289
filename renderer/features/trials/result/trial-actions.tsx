import { Download, Play, Square, Trash2, Vote } from 'lucide-react';
import { useState } from 'react';
import type { RankingName, TrialView } from '../../../../contract/trials.ts';
import { request } from '../../../api/client.ts';
import { errorText } from '../../../api/error-text.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';
import { useFrame } from '../../../state/frame-store.ts';
import { keyText } from '../../../state/key-map.ts';
import { goTo } from '../../../state/view.ts';
import { Button } from '../../../ui/button.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { mayCost } from './figures.ts';

interface Props {
  trial: TrialView;
  chosen: { ranked_by?: RankingName; voter?: string };
}

/** The actions on a trial. */
export function TrialActions({ trial, chosen }: Props) {
  const t = trialsMessages.trials;
  const mode = useFrame((state) => state.mode);
  const { busy, error, run } = useAction();
  const [confirming, setConfirming] = useState(false);
  const { id, state, contestants } = trial;
  if (state === 'running')
    return (
      <Button
        disabled={busy}
        title={t.stopHelp}
        onClick={() => run(async () => void (await runCommand('trials.cancel', { trial: id })))}
      >
        <Square size={11} aria-hidden="true" />
        {t.stop}
      </Button>
    );
  const save = (as: 'markdown' | 'csv') =>
    run(async () => {
      const { text, file_name } = await request('trials.export', { trial: id, as, ...chosen });
      saveFile(file_name, [text], as === 'csv' ? 'text/csv' : 'text/markdown');
    });
  const remove = () =>
    run(async () => {
      await runCommand('trials.remove', { trial: id });
      goTo('trials');
    });
  const dry = mayCost(trial) && mode !== 'live' ? t.sendDry(keyText('toggleMode')) : undefined;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {error && <span className="text-sm text-bad">{errorText(error)}</span>}
      {state === 'stopped' && (
        <Button
          disabled={busy || dry !== undefined}
          title={dry ?? t.resumeHelp}
          onClick={() => run(async () => void (await runCommand('trials.resume', { trial: id })))}
        >
          <Play size={13} aria-hidden="true" />
          {t.resume}
        </Button>
      )}
      {contestants.length > 1 && (
        <Button title={t.voteHelp} onClick={() => goTo('trials', id, 'vote')}>
          <Vote size={13} aria-hidden="true" />
          {t.vote}
        </Button>
      )}
      {(['markdown', 'csv'] as const).map((as) => (
        <Button
          key={as}
          look="quiet"
          disabled={busy}
          aria-label={t.exportAs(t.forms[as])}
          title={t.exportAs(t.forms[as])}
          onClick={() => save(as)}
        >
          <Download size={13} aria-hidden="true" />
          {t.forms[as]}
        </Button>
      ))}
      <Button
        look="quiet"
        disabled={busy}
        title={t.removeHelp}
        onBlur={() => setConfirming(false)}
        onClick={() => (confirming ? remove() : setConfirming(true))}
      >
        <Trash2 size={13} aria-hidden="true" />
        {confirming ? t.removeSure : t.remove}
      </Button>
    </div>
  );
}
