import { useState } from 'react';
import type { Contestant, SetLine } from '../../../../contract/trials.ts';
import { codedText } from '../../../api/coded-text.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';
import { useHandedContestants } from '../../../state/trial-contestants.ts';
import { Page, PageBody } from '../../../ui/page.tsx';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { Section } from '../../../ui/section.tsx';
import { Select } from '../../../ui/select.tsx';
import { ContestantPicker } from './contestant-picker.tsx';
import { OwnSets } from './own-sets.tsx';
import { PlanAndSend } from './plan-and-send.tsx';

const samples = [10, 30, 100];
const allUnits = 'all';

/** The sets grouped by origin, for a picker. */
function setGroups(sets: readonly SetLine[]) {
  const t = trialsMessages.trials;
  return (['built-in', 'own', 'game'] as const)
    .map((source) => ({
      label: t.setSources[source],
      options: sets
        .filter((set) => set.source === source)
        .map(({ name, title, units, module }) => ({
          value: name,
          label: title,
          note: units === null ? t.gameNote(module) : t.setNote(String(units), module),
        })),
    }))
    .filter(({ options }) => options.length > 0);
}

/** The form of a new trial: set, contestants, price, and start. */
export function NewTrial() {
  const t = trialsMessages.trials;
  const sets = useOperation('trials.sets', {});
  const preselected = useHandedContestants();
  const [chosen, setChosen] = useState<string | null>(null);
  const [sample, setSample] = useState(String(samples[0]));
  const [picked, setPicked] = useState<readonly Contestant[]>(preselected.contestants);
  if (sets.isError) return <QueryFailure error={sets.error.info} onRetry={() => void sets.refetch()} />;
  if (!sets.data) return null;
  const all = sets.data.sets;
  const set =
    all.find(({ name }) => name === chosen) ??
    all.find(({ module }) => module === preselected.module) ??
    all[0];
  const choose = (name: string) => {
    // Presets belong to a module, so those of another module are dropped.
    if (all.find((one) => one.name === name)?.module !== set?.module)
      setPicked(picked.filter((one) => !('preset' in one)));
    setChosen(name);
  };
  const sampled = sample === allUnits ? {} : { sample: Number(sample) };
  return (
    <Page title={t.newTrial}>
      <PageBody columns>
        <div className="flex flex-col gap-5">
          <p className="text-ink-soft">{t.about}</p>
          {sets.data.warnings.map((warning, at) => (
            <p key={warning} className="text-sm wrap-anywhere text-warn">
              {codedText('set_warning', warning, sets.data.warning_details?.[at])}
            </p>
          ))}
          {set && (
            <>
              <div className="flex flex-wrap gap-2">
                <Select label={t.set} groups={setGroups(all)} value={set.name} onChange={choose} />
                <Select
                  label={t.units}
                  groups={[
                    {
                      options: [
                        ...samples.map((n) => ({ value: String(n), label: t.someUnits(n) })),
                        { value: allUnits, label: t.allUnits },
                      ],
                    },
                  ]}
                  value={sample}
                  onChange={setSample}
                />
              </div>
              <Section look="page" title={t.presets}>
                <ContestantPicker
                  module={set.module}
                  preselected={preselected.contestants}
                  picked={picked}
                  onPick={setPicked}
                />
              </Section>
            </>
          )}
        </div>
        <div className="flex flex-col gap-5">
          {set && (
            <PlanAndSend
              key={JSON.stringify([set.name, sample, picked])}
              order={{ set: set.name, contestants: [...picked], ...sampled }}
            />
          )}
          <OwnSets sets={all.filter(({ source }) => source === 'own')} onMade={setChosen} />
        </div>
      </PageBody>
    </Page>
  );
}
