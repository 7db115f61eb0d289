import { benchMessages } from './messages/bench-messages.ts';
import { callMessages } from './messages/call-messages.ts';
import { editorMessages } from './messages/editor-messages.ts';
import { frameMessages } from './messages/frame-messages.ts';
import { historyMessages } from './messages/history-messages.ts';
import { keyMessages } from './messages/key-messages.ts';
import { localServersMessages } from './messages/local-servers-messages.ts';
import { modulesMessages } from './messages/modules-messages.ts';
import { promptPacksMessages } from './messages/prompt-packs-messages.ts';
import { providersMessages } from './messages/providers-messages.ts';
import { serverMessages } from './messages/server-messages.ts';
import { settingsMessages } from './messages/settings-messages.ts';
import { tableMessages } from './messages/table-messages.ts';

/** Every string of the panel, in English. A further language is a second table of the same type. */
export const messages = {
  ...frameMessages,
  ...benchMessages,
  ...callMessages,
  ...editorMessages,
  ...localServersMessages,
  ...providersMessages,
  ...keyMessages,
  ...modulesMessages,
  ...promptPacksMessages,
  ...historyMessages,
  ...serverMessages,
  ...settingsMessages,
  ...tableMessages,
};
