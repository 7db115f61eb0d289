import { liveMessages } from '../i18n/live-messages.ts';
import { plural } from '../i18n/plural.ts';

/** The key of one provider. */
export const keyMessages = liveMessages('key', {
  keys: {
    title: (provider: string) => `Key of ${provider}`,
    notNeeded: 'not needed',
    field: (provider: string) => `API key of ${provider}`,
    placeholder: 'Paste it and press Enter',
    save: 'Save key',
    saving: 'Saving…',
    checking: 'Asking for the model list…',
    check: 'Check',
    checkHint: 'Asks the provider for its free model list with this key',
    replace: 'Replace',
    remove: 'Remove',
    cancel: 'Cancel',
    add: 'Add a key',
    shown: (last4: string | undefined) => `••••${last4 ?? ''}`,
    from: (variable: string) => `from ${variable}`,
    fromHint:
      'Set outside the panel, and read only here. A variable takes precedence over a key that is saved in the panel.',
    ofAdapter: 'given when it was registered',
    kept: (store: string) => `kept in ${store}`,
    keptForSession: 'kept for this session only',
    sealed: (store: string) => `saved in ${store}, not opened yet`,
    onlyTo: (origin: string) => `Sent to ${origin} and nowhere else.`,
    missing: 'missing',
    lookedFor: 'Looked for in',
    thenHere: 'then here.',
    noKeyring:
      'There is no keyring on this system: a key pasted here is kept for this session only, and never written down. To keep it, set this variable before the start:',
    noPassphrase:
      'A key pasted here is kept for this session only. To keep it encrypted, start the server with COMFYVN_LLM_KEY_PASSPHRASE; or set this variable:',
    copyVariable: 'Copy name',
    otherOrigin: (origin: string, here: string) =>
      `A key is saved for ${origin}. This provider is at ${here} now, so it is not sent. Paste the one for this address, or change the address back.`,
    lockedStore: (store: string) =>
      `A key is saved, but it is locked: ${store} did not open. Unlock it and start the panel again; the saved key stays as it is.`,
    lockedPassphrase:
      'A key is saved, but it is locked: start the server with the passphrase it was saved under (COMFYVN_LLM_KEY_PASSPHRASE).',
    lockedKey:
      'A key is saved, but it cannot be decrypted: it was saved under another keyring or password, or its file is damaged. Restore the old keyring, or replace the key.',
    aKeyring: 'the keyring',
    replaceLocked: 'Replace the locked key',
    forSession: 'Use one for this session',
    ok: 'OK',
    models: (count: number) => plural(count, { one: '1 model', other: `${count} models` }),
    keyIn: (store: string) => `key in ${store}`,
    keyForSession: 'key for this session only',
    keyFrom: (variable: string) => `key from ${variable}`,
    savedNotChecked: (provider: string) => `Not checked: ${provider} is off, so nothing is sent to it.`,
    turnOn: 'Turn on and check',
    setsFlag: (flag: string) => `Sets features.${flag} in config/comfyvn.json`,
    removed: (provider: string) => `The key of ${provider} is removed.`,
    removedHint: 'Undo brings it back while the panel runs.',
    stays: 'The key is saved. Paste another one to replace it.',
    another: 'Add another key',
    anotherHint:
      'Calls move to the next key when the provider refuses one or limits its rate. A project or module stays with one key.',
    others: 'Further keys',
    keyNamed: (name: string) => `Key ${name}`,
    label: 'Label (optional)',
    rename: 'Rename',
    saveLabel: 'Save label',
    resting: (until: string) => `rate limited, paused until ${until}`,
    setAside: 'not used: the provider refused it',
    backInUse: 'Check and use again',
    backInUseHint:
      'Asks for the free model list with this key. If the provider takes it, calls use it again.',
    opensLater: 'not opened yet',
    lockedShort: 'locked',
    otherOriginShort: (origin: string) => `saved for ${origin}, not sent here`,
  },
});
