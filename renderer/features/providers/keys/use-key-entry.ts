import { useState } from 'react';
import type { ProviderView } from '../../../../contract/provider.ts';
import { goTo, usePath } from '../../../state/view.ts';
import type { useKey } from './use-key.ts';

interface KeyEntry {
  /** The field for a key is shown. */
  isOpen: boolean;
  /** Changes for every key that was entered: each gets a new field, so that no undo restores the last one. */
  fieldKey: number;
  /** The field takes the focus whenever this number grows. */
  focus: number;
  /** Opens the field. */
  ask(): void;
  save(key: string): void;
  /** Closes the field; undefined if the provider cannot be used without a key, so that it stays open. */
  cancel: (() => void) | undefined;
}

/** A key that was set outside the panel, such as by an environment variable. It cannot be changed here. */
export function isSetOutside({ state, source }: ProviderView['credentials']): boolean {
  return (state === 'ready' || state === 'unusable') && source !== 'store';
}

/**
 * Entering the key of a provider: it is saved and checked, and the field stays open until a key is accepted.
 * @param onAccepted called once the field is closed
 */
export function useKeyEntry(
  { name, credentials }: ProviderView,
  save: ReturnType<typeof useKey>['save'],
  onAccepted: () => void,
): KeyEntry {
  const [isEditing, setEditing] = useState(false);
  const [fieldKey, setFieldKey] = useState(0);
  const [focus, setFocus] = useState(0);
  const [id, , what] = usePath();
  // Set by a link that asks for the key.
  const isLinked = id === name && what === 'key';

  const { state, required, locked_by: lockedBy } = credentials;
  // A locked key is replaced only by its own button.
  const isNeeded =
    state === 'other_origin' || (state === 'missing' && required) || (isLinked && state !== 'locked');
  const takeFocus = () => setFocus((count) => count + 1);
  return {
    isOpen: !isSetOutside(credentials) && (isEditing || isNeeded),
    fieldKey,
    focus: isLinked ? focus + 1 : focus,
    ask: () => {
      setEditing(true);
      takeFocus();
    },
    save: (key) => {
      setFieldKey((count) => count + 1);
      void save(key, state === 'locked' && lockedBy === 'key').then((accepted) => {
        setEditing(!accepted);
        if (accepted && isLinked) goTo('providers', name, 'connection');
        if (accepted) onAccepted();
        else takeFocus();
      });
    },
    cancel:
      (isEditing || isLinked) && state !== 'missing' && state !== 'other_origin'
        ? () => {
            setEditing(false);
            if (isLinked) goTo('providers', name, 'connection');
          }
        : undefined,
  };
}
