import { liveMessages } from '../i18n/live-messages.ts';
import { plural } from '../i18n/plural.ts';

/** The key of one provider. */
export const keyMessages = liveMessages('key', {
  keys: {
    title: (provider: string) => `Key of ${provider}`,
    notNeeded: 'not needed',
    askedFor: 'none set, but the server asks for one',
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
      'Set outside the panel, so it cannot be changed here. An environment variable takes precedence over a key saved in the panel.',
    ofAdapter: 'given when the server was added',
    kept: (store: string) => `kept in ${store}`,
    keptForSession: 'kept for this session only',
    sealed: (store: string) => `saved in ${store}, not read yet`,
    onlyTo: (origin: string) => `Sent only to ${origin}.`,
    missing: 'missing',
    lookedFor: 'The first key found is used: ',
    thenHere: ', then the key saved here.',
    noKeyring:
      'This system has no keyring, so a key pasted here is kept for this session only and never saved to disk. To keep a key, set this environment variable before the start:',
    noPassphrase:
      'A key pasted here is kept for this session only. To save it encrypted, start the server with COMFYVN_LLM_KEY_PASSPHRASE. Or set this environment variable:',
    copyVariable: 'Copy name',
    otherOrigin: (origin: string, here: string) =>
      `The saved key is for ${origin}. The address of this provider is now ${here}, so the key is not sent. Paste a key for this address, or change the address back.`,
    lockedStore: (store: string) =>
      `A key is saved, but it is locked: ${store} did not open. Unlock it and start the panel again; the saved key stays as it is.`,
    lockedPassphrase:
      'A key is saved, but it is locked: start the server with the passphrase it was saved under (COMFYVN_LLM_KEY_PASSPHRASE).',
    lockedKey:
      'A key is saved, but it cannot be decrypted: it was saved under another keyring or password, or its file is damaged. Restore the old keyring, or replace the key.',
    aKeyring: 'the keyring',
    replaceLocked: 'Replace the locked key',
    forSession: 'Use another key for this session',
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
      'If the provider refuses a key or limits its rate, calls use the next one. Otherwise, each project or module stays with the same key.',
    others: 'Other keys',
    keyNamed: (name: string) => `Key ${name}`,
    label: 'Label (optional)',
    rename: 'Rename',
    saveLabel: 'Save label',
    resting: (until: string) => `rate limited, paused until ${until}`,
    setAside: 'not used: the provider refused it',
    backInUse: 'Check and use again',
    backInUseHint:
      'Asks for the free model list with this key. If the provider takes it, calls use it again.',
    opensLater: 'not read yet',
    lockedShort: 'locked',
    otherOriginShort: (origin: string) => `saved for ${origin}, not sent here`,
  },
});
