import { BookmarkPlus } from 'lucide-react';
import { request } from '../../../api/client.ts';
import { useCommand } from '../../../api/use-command.ts';
import { messages } from '../../../messages.ts';
import { goTo } from '../../../state/place.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import type { Run } from '../run/run-store.ts';

const words = messages.bench;

/** Makes a preset of the module from what a run used, the one that serves from now on. Undo takes both back. */
export function UseAsPreset({ run }: { run: Run }) {
  const create = useCommand('presets.create');
  const activate = useCommand('presets.activate');
  const { plan } = run;
  const { module } = run.target;
  // What the stub said tells nothing about the model that was planned beside it.
  if (module === null || !plan || run.kind === 'stub') return null;
  const use = async () => {
    const { provider, model, options } = plan;
    const made = await create.mutateAsync({ module, preset: { provider, model, options } });
    const chosen = await activate.mutateAsync({ module, id: made.preset.id });
    const undo = async () => {
      for (const change of [chosen.change, made.change])
        if (change) await request('presets.undo', { change: change.id });
    };
    toast({
      title: words.usedAsPreset(made.preset.id, module),
      undo: () => void undo().catch((error: Error) => toast({ title: error.message, kind: 'bad' })),
    });
    goTo('modules', module, made.preset.id);
  };
  const failed = create.error ?? activate.error;
  const busy = create.isPending || activate.isPending;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        look="quiet"
        disabled={busy}
        title={words.asPresetTitle(plan.provider, plan.model, module)}
        // What went wrong is shown beside the button.
        onClick={() => void use().catch(() => undefined)}
      >
        <BookmarkPlus size={13} aria-hidden="true" />
        {words.asPreset}
      </Button>
      {failed && (
        <span role="alert" className="text-sm text-bad">
          {failed.message}
        </span>
      )}
    </div>
  );
}
