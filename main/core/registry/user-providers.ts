import { readFileSync, rmSync } from 'node:fs';
import { providerEntry, type ProviderEntry } from '../../../contract/provider.ts';
import type { OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import type { LeftOut } from '../../../contract/user-preset.ts';
import { AppError } from '../app-error.ts';
import { writeText } from '../atomic-json.ts';
import type { ChangeHistory } from '../presets/change-history.ts';
import type { InTurn } from '../presets/in-turn.ts';
import { leaveOutSecrets } from '../presets/leave-out-secrets.ts';
import { moveToTrash, removeFromTrash } from '../presets/trash.ts';
import type { Redactor } from '../redact.ts';
import { checkEntry } from './check-entry.ts';
import { entryFromProvider } from './entry-from-provider.ts';
import { envName } from './environment.ts';
import type { Provider } from './model.ts';
import { originOf } from './origin.ts';
import type { RegistryStore } from './registry-store.ts';
import type { RuntimeAdapters } from './runtime-adapters.ts';
import { newProviderPath, userProviderFile } from './user-provider-files.ts';
import { withheldBack } from './withheld-back.ts';

export interface UserProvidersParts {
  registry: RegistryStore;
  runtime: RuntimeAdapters;
  runtimeRoot: string;
  redactor: Redactor;
  history: ChangeHistory;
  turn: InTurn;
  now(): number;
}

type Saved = OperationOutput<'providers.save'>;

/** A file as it was, to be put back. */
interface Undoable {
  path: string;
  before: string | undefined;
  after: string;
}
