import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { messages } from '../../messages.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorCard } from '../../ui/call/error-card.tsx';
import { Field } from '../../ui/field.tsx';
import { Page, PageBody } from '../../ui/page.tsx';
import { selectPack, type Library } from './selection.ts';
import { refreshPacks, tell } from './tell.ts';

const words = messages.promptPacks;

/** A pack from nothing, for a module or for a name of one's own. */
export function NewPack({ library }: { library: Library }) {
  const queries = useQueryClient();
  const { run, busy, error } = useAction();
  const [module, setModule] = useState('');
  const [title, setTitle] = useState('');
  const taken = library.mine.some((own) => own.module === module);
  const wrong = module !== '' && !/^[a-z][a-z0-9_]{0,63}$/.test(module);
  const problem = taken ? words.newModuleTaken : wrong ? words.newModuleWrong : undefined;
  const cannot = problem ?? (module === '' ? words.newModuleHelp : undefined);
  const create = () =>
    run(async () => {
      const input = { module, ...(title.trim() ? { title: title.trim() } : {}) };
      const { change, warnings } = await request('packs.create', input);
      await refreshPacks(queries);
      selectPack('user', module);
      tell({ title: words.created(module), change, warnings });
    });
  return (
    <Page title={words.newTitle}>
      <PageBody>
        <form
          aria-label={words.newTitle}
          className="flex max-w-100 flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (cannot === undefined && !busy) create();
          }}
        >
          <Field
            mono
            required
            label={words.newModule}
            hint={words.newModuleHelp}
            error={problem}
            value={module}
            onChange={setModule}
          />
          <Field label={words.newName} value={title} onChange={setTitle} />
          <Button
            type="submit"
            look="primary"
            className="self-start"
            disabled={busy || cannot !== undefined}
            title={cannot}
          >
            {words.newSubmit}
          </Button>
          {error && <ErrorCard error={error} />}
        </form>
      </PageBody>
    </Page>
  );
}
