import { usePath } from '../../state/view.ts';
import { NewTrial } from './order/new-trial.tsx';
import { TrialPage } from './result/trial-page.tsx';
import { VotePage } from './vote/vote-page.tsx';

/** The view that compares presets on a set: a new trial, a trial's results, or its votes. */
export function Trials() {
  const [trial, page] = usePath();
  if (trial === undefined) return <NewTrial />;
  if (page === 'vote') return <VotePage key={trial} trial={trial} />;
  return <TrialPage key={trial} id={trial} />;
}
