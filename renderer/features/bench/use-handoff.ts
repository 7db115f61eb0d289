import { useEffect } from 'react';
import type { BenchHandoff } from '../../state/bench-handoff.ts';
import { takeHandoff, useBenchHandoff } from '../../state/bench-handoff.ts';
import { setTarget, useTarget } from '../../state/target.ts';
import { toast } from '../../state/toasts.ts';
import { messages } from '../../messages.ts';
import { addColumn } from './columns/columns.ts';
import type { Draft } from './input/drafts.ts';
import { draftKey, setDraft, useDrafts } from './input/drafts.ts';
import { draftFrom } from './input/draft-from.ts';
import { setOverrides, useOverrides } from './input/overrides.ts';
import { setInputForm, setVariables, useVariables } from './input/variables.ts';

const t = messages.bench;

/** Saves the whole input; returns a function that restores it. */
function remember(): () => void {
  const before = [useTarget, useDrafts, useOverrides, useVariables].map((store) => store.getState());
  return () => {
    const [target, drafts, overrides, variables] = before as [
      ReturnType<typeof useTarget.getState>,
      ReturnType<typeof useDrafts.getState>,
      ReturnType<typeof useOverrides.getState>,
      ReturnType<typeof useVariables.getState>,
    ];
    useTarget.setState(target, true);
    useDrafts.setState(drafts, true);
    useOverrides.setState(overrides, true);
    useVariables.setState(variables, true);
  };
}

function showMessages(key: string, draft: Draft): void {
  setDraft(key, draft);
  setInputForm(key, 'messages');
}

function apply({ target, messages: text, variables, overrides, asColumn }: BenchHandoff): void {
  if (asColumn) {
    const { module: _, ...own } = target ?? {};
    return addColumn(own);
  }
  const restore = remember();
  if (target) setTarget({ provider: null, model: null, preset: null, ...target });
  const key = draftKey(useTarget.getState().module);
  if (variables) {
    setVariables(key, variables);
    setInputForm(key, 'variables');
  }
  const opened = text && draftFrom(text);
  if (opened) showMessages(key, opened.draft);
  if (text || variables || overrides) {
    setOverrides(key, overrides ?? null);
    toast({
      title: t.opened,
      description: opened?.leftOut ? t.partsLeftOut(opened.leftOut) : undefined,
      undo: restore,
    });
  }
}

/** Applies what another view has put on the Bench, once the drafts of the last session are restored. */
export function useHandoff(restored: boolean): void {
  const waiting = useBenchHandoff(({ handoff }) => handoff !== null);
  useEffect(() => {
    const handoff = restored && waiting ? takeHandoff() : null;
    if (handoff) apply(handoff);
  }, [restored, waiting]);
}
