import { BookmarkCheck, BookmarkPlus } from 'lucide-react';
import type { DryRunAnswer } from '../../../../contract/chat.ts';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { Change } from '../../../../contract/user-preset.ts';
import { request } from '../../../api/client.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import type { Run } from '../run/run-store.ts';

type Module = RegistryView['defaults']['modules'][string];

const inOrder = (options: object) =>
  JSON.stringify(Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The module's preset that sends just this, where it has one. */
function sameAs({ preset, provider, model, options }: DryRunAnswer, { shortlist }: Module): string | null {
  if (preset !== null) return preset;
  const same = shortlist.find(
    (one) => one.provider === provider && one.model === model && inOrder(one.options) === inOrder(options),
  );
  return same?.id ?? null;
}

/** Lets what a run used serve its module: by the preset that there is for it, else by a new one. */
async function makeActive(
  module: string,
  label: string,
  plan: DryRunAnswer,
  known: string | null,
): Promise<void> {
  const { provider, model, options } = plan;
  const made =
    known === null ? await request('presets.create', { module, preset: { provider, model, options } }) : null;
  const id = known ?? made?.preset.id ?? '';
  const chosen = await runCommand('presets.activate', { module, id });
  const changes = [chosen.change, made?.change].filter((change): change is Change => Boolean(change));
  const undo = async () => {
    for (const change of changes) await runCommand('presets.undo', { change: change.id });
  };
  toast({
    title: messages.bench.madeActive(label, model),
    undo: () => void undo().catch((error: Error) => toast({ title: error.message, kind: 'bad' })),
  });
}

/** Makes what a run used serve the module from now on, without leaving it. Undo takes it back. */
export function UseAsPreset({ run, brief = false }: { run: Run; brief?: boolean }) {
  const { data: registry } = useOperation('registry.get', {});
  const { busy, error, run: act } = useAction();
  const { plan } = run;
  const { module: name } = run.target;
  const module = name === null ? undefined : registry?.defaults.modules[name];
  // The stub's reply shows nothing about the model that was planned beside it.
  if (name === null || !module || !plan || run.kind === 'stub') return null;
  const label = module.label ?? name;
  const known = sameAs(plan, module);
  const t = messages.bench;
  if (known !== null && known === module.active_preset)
    return (
      <span className="inline-flex h-7 items-center gap-1.5 text-sm text-ok">
        <BookmarkCheck size={13} aria-hidden="true" className="shrink-0" />
        {brief ? t.activeNow : t.isActive(label)}
      </span>
    );
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button
        look="quiet"
        disabled={busy}
        aria-label={t.makeActive(label)}
        title={t.asPresetTitle(plan.provider, plan.model, label)}
        onClick={() => act(() => makeActive(name, label, plan, known))}
      >
        <BookmarkPlus size={13} aria-hidden="true" />
        {brief ? t.comparison.choose : t.makeActive(label)}
      </Button>
      {error && (
        <span role="alert" className="text-sm text-bad">
          {error.message}
        </span>
      )}
    </span>
  );
}
