import type { ProjectFile } from '../../../../contract/translation.ts';
import type { ChatService } from '../../chat/chat-service.ts';
import type { Signals } from '../../database/signals.ts';
import type { RunRow } from '../../database/translation-tables.ts';
import type { Log } from '../../lib/log/log.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { CheckRules } from '../checks/check-translation.ts';
import type { GlossaryEntry } from '../glossary/glossary-entry.ts';
import type { PlanOrder, ScenePlanner } from '../plan/scene-planner.ts';
import { checkRulesFor } from '../review/check-rules.ts';
import type { GroupStore } from '../store/group-store.ts';
import type { ProjectStore } from '../store/project-store.ts';
import type { RunStore } from '../store/run-store.ts';
import type { PendingUnit, UnitStore } from '../store/unit-store.ts';
import type { WorkerStore } from '../store/worker-store.ts';

export interface RunParts {
  chat: ChatService;
  planner: ScenePlanner;
  runs: RunStore;
  groups: GroupStore;
  workers: WorkerStore;
  units: UnitStore;
  projects: ProjectStore;
  signals: Signals;
  log: Log;
  now(): number;
  /** Called after a write. */
  onProgress(): void;
}

/** Describes a run to every process that works on it. */
export interface RunOrder extends PlanOrder {
  run: string;
  rulesOf(unit: PendingUnit): CheckRules;
  door: RequestContext['door'];
}

/** The part of a run order in the run's row: other machines use it to send and check exactly like the first one. */
interface StoredTask {
  settings: ProjectFile;
  glossary: readonly GlossaryEntry[];
  mock: boolean;
  retry: boolean;
  door: RequestContext['door'];
}

export function taskOf(order: Omit<RunOrder, 'run' | 'rulesOf'>): string {
  const { settings, glossary, mock, retry } = order;
  const task: StoredTask = { settings, glossary, mock, retry, door: order.door };
  return JSON.stringify(task);
}

export const storedTask = (task: string) => JSON.parse(task) as StoredTask;

/** Reads the order of a run that another process started; null if an older version stored none. */
export async function orderOf(row: RunRow, projects: ProjectStore): Promise<RunOrder | null> {
  if (row.task === null) return null;
  const task = storedTask(row.task);
  const rulesOf = checkRulesFor(task.settings, task.glossary, await projects.files(row.project));
  return { ...task, project: row.project, run: row.id, rulesOf };
}
