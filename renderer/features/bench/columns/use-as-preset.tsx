import { BookmarkCheck, BookmarkPlus } from 'lucide-react';
import type { Change } from '../../../../contract/user-preset.ts';
import { errorText } from '../../../api/error-text.ts';
import { request } from '../../../api/client.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import type { Run } from '../run/run-store.ts';
import { presetToServe, type PresetToServe } from './preset-to-serve.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';

/** Makes the settings of a run the module's active preset: an existing preset if one matches, else a new one. */
async function makeActive(
  module: string,
  label: string,
  model: string,
  preset: PresetToServe,
): Promise<void> {
  const created =
    'create' in preset ? await request('presets.create', { module, preset: preset.create }) : null;
  const id = 'id' in preset ? preset.id : (created?.preset.id ?? null);
  const chosen = await runCommand('presets.activate', { module, id });
  const changes = [chosen.change, created?.change].filter((change): change is Change => Boolean(change));
  const undo = async () => {
    for (const change of changes) await runCommand('presets.undo', { change: change.id });
  };
  toast({
    title: messages.bench.madeActive(label, model),
    undo: () => void undo().catch((error: Error) => toast({ title: error.message, kind: 'bad' })),
  });
}

/** A button that makes the settings of a run the module's active preset, with Undo. */
export function UseAsPreset({ run, brief = false }: { run: Run; brief?: boolean }) {
  const { data: registry } = useOperation('registry.get', {});
  const { busy, error, run: act } = useAction();
  const { plan } = run;
  const { module: name } = run.target;
  const module = name === null ? undefined : registry?.defaults.modules[name];
  // The stub's reply says nothing about the model that was planned beside it.
  if (name === null || !module || !plan || run.kind === 'stub') return null;
  const label = module.label ?? name;
  const preset = presetToServe(plan, run.input, module.shortlist);
  const t = messages.bench;
  if ('id' in preset && preset.id === module.active_preset)
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
        onClick={() => act(() => makeActive(name, label, plan.model, preset))}
      >
        <BookmarkPlus size={13} aria-hidden="true" />
        {brief ? t.comparison.choose : t.makeActive(label)}
      </Button>
      <ErrorLine text={error && errorText(error)} className="text-sm" />
    </span>
  );
}
