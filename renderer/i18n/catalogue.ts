import type { CodedTexts, ConnectionTexts, ReasonTexts, WarningTexts } from './core-texts.ts';
import type { ErrorTexts, ZodTexts } from './error-texts.ts';
import type { benchMessages } from '../messages/bench-messages.ts';
import type { callMessages } from '../messages/call-messages.ts';
import type { editorMessages } from '../messages/editor-messages.ts';
import type { formatMessages } from '../messages/format-messages.ts';
import type { frameMessages } from '../messages/frame-messages.ts';
import type { helpMessages } from '../messages/help-messages.ts';
import type { historyMessages } from '../messages/history-messages.ts';
import type { importMessages } from '../messages/import-messages.ts';
import type { keyMessages } from '../messages/key-messages.ts';
import type { limitsMessages } from '../messages/limits-messages.ts';
import type { localServersMessages } from '../messages/local-servers-messages.ts';
import type { modulesMessages } from '../messages/modules-messages.ts';
import type { promptPacksMessages } from '../messages/prompt-packs-messages.ts';
import type { providersMessages } from '../messages/providers-messages.ts';
import type { serverMessages } from '../messages/server-messages.ts';
import type { settingsMessages } from '../messages/settings-messages.ts';
import type { tableMessages } from '../messages/table-messages.ts';
import type { translationMessages } from '../messages/translation-messages.ts';
import type { translationReviewMessages } from '../messages/translation-review-messages.ts';
import type { trialsMessages } from '../messages/trials-messages.ts';
import type { userFilesMessages } from '../messages/user-files-messages.ts';

/** The texts of one language: a table for each file of `messages/`. */
export interface Catalogue {
  /** The core's errors; English has them from the core itself. */
  errors: ErrorTexts;
  /** The core's warnings, as its errors. */
  warnings: WarningTexts;
  /** The core's reasons for dropped and rewritten values, as its errors. */
  reasons: ReasonTexts;
  /** Further texts of the core. */
  codedTexts: CodedTexts;
  /** What each endpoint of the API does, by its method and path. */
  endpoints: Readonly<Record<string, string>>;
  /** The core's failed connections, as its errors. */
  connections: ConnectionTexts;
  zod: ZodTexts;
  bench: typeof benchMessages;
  call: typeof callMessages;
  editor: typeof editorMessages;
  format: typeof formatMessages;
  frame: typeof frameMessages;
  help: typeof helpMessages;
  history: typeof historyMessages;
  import: typeof importMessages;
  key: typeof keyMessages;
  limits: typeof limitsMessages;
  localServers: typeof localServersMessages;
  modules: typeof modulesMessages;
  promptPacks: typeof promptPacksMessages;
  providers: typeof providersMessages;
  server: typeof serverMessages;
  settings: typeof settingsMessages;
  table: typeof tableMessages;
  translation: typeof translationMessages;
  translationReview: typeof translationReviewMessages;
  trials: typeof trialsMessages;
  userFiles: typeof userFilesMessages;
}

/** The tables that have an English one beside them. */
export type CatalogueName = Exclude<
  keyof Catalogue,
  'errors' | 'warnings' | 'reasons' | 'codedTexts' | 'endpoints' | 'zod'
>;
