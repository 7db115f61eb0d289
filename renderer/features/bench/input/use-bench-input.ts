import type { PackView } from '../../../../contract/prompt-pack.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { useTarget } from '../../../state/target.ts';
import type { BenchInput } from './chat-input.ts';
import { draftKey, hasText, useDraft } from './drafts.ts';
import { useOverrides } from './overrides.ts';
import type { InputForm } from './variables.ts';
import { useVariables, variableValues } from './variables.ts';

export interface InputOnScreen {
  form: InputForm;
  /** The module has a prompt pack, so its variables can be filled in instead of writing messages. */
  hasPack: boolean;
  /** Set in the form `variables`, once loaded. */
  pack: PackView | undefined;
  /** null while there is nothing to send. */
  input: BenchInput | null;
}

/** The input of the picked module, in its current form. */
export function useBenchInput(): InputOnScreen {
  const module = useTarget((target) => target.module);
  const key = draftKey(module);
  const draft = useDraft(key);
  const overrides = useOverrides(({ byModule }) => byModule[key]);
  const packs = useOperation('packs.list', {});
  const hasPack = packs.data?.packs.some((pack) => pack.module === module) ?? false;
  const chosenForm = useVariables(({ forms }) => forms[key]);
  const form: InputForm = hasPack && chosenForm === 'variables' ? 'variables' : 'messages';
  const texts = useVariables(({ byModule }) => byModule[key]);
  const pack = useOperation('packs.get', { module: key }, { enabled: form === 'variables' });
  const settings = overrides && { overrides };
  if (form === 'messages')
    return { form, hasPack, pack: undefined, input: hasText(draft) ? { draft, ...settings } : null };
  const variables = pack.data && variableValues(pack.data.variables, texts);
  return { form, hasPack, pack: pack.data, input: variables ? { variables, ...settings } : null };
}
