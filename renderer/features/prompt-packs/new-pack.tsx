import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PackSource } from '../../../contract/prompt-pack.ts';
import { request } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { promptPacksMessages } from '../../messages/prompt-packs-messages.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorCard } from '../../ui/call/error-card.tsx';
import { Field } from '../../ui/field.tsx';
import { Page, PageBody } from '../../ui/page.tsx';
import { selectNew, selectPack, type Library } from './selection.ts';
import { refreshPacks, reportDone } from './report-done.ts';
import { Form } from '../../ui/form.tsx';

const t = promptPacksMessages.promptPacks;

interface NewPackProps {
  library: Library;
  copyOf: { source: PackSource; module: string } | null;
}

/** A new pack, empty or as a copy, for an existing module or a new name. */
export function NewPack({ library, copyOf }: NewPackProps) {
  const queries = useQueryClient();
  const { run, busy, error } = useAction();
  const [module, setModule] = useState('');
  const [title, setTitle] = useState('');
  const taken = library.mine.some((own) => own.module === module);
  const isInvalid = module !== '' && !/^[a-z][a-z0-9_]{0,63}$/.test(module);
  const problem = taken ? t.newModuleTaken : isInvalid ? t.newModuleWrong : undefined;
  const unavailable = problem ?? (module === '' ? t.newModuleHelp : undefined);
  const heading = copyOf ? t.copyTitle(copyOf.module) : t.newTitle;
  const create = () =>
    run(async () => {
      const titleField = title.trim() ? { title: title.trim() } : {};
      const { change, ...notices } = copyOf
        ? await request('packs.duplicate', { ...copyOf, to: module })
        : await request('packs.create', { module, ...titleField });
      await refreshPacks(queries);
      selectPack('user', module);
      reportDone({ title: t.created(module), change, ...notices, before: selectNew });
    });
  return (
    <Page title={heading}>
      <PageBody>
        <Form
          aria-label={heading}
          className="flex max-w-100 flex-col gap-3"
          onSubmit={() => {
            if (unavailable === undefined && !busy) create();
          }}
        >
          <Field
            mono
            required
            label={t.newModule}
            hint={t.newModuleHelp}
            error={problem}
            value={module}
            onChange={setModule}
          />
          {copyOf === null && <Field label={t.newName} value={title} onChange={setTitle} />}
          <Button
            type="submit"
            look="primary"
            className="self-start"
            disabled={busy || unavailable !== undefined}
            title={unavailable}
          >
            {t.newSubmit}
          </Button>
          {error && <ErrorCard error={error} />}
        </Form>
      </PageBody>
    </Page>
  );
}
