import type { ChatAnswer, DryRunAnswer } from '../../../../contract/chat.ts';
import type { StreamEvent } from '../../../../contract/events.ts';
import { request, stream } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { noteAnswered, noteRefusedKey } from '../../../api/provider-health.ts';
import type { Mode } from '../../../state/frame-store.ts';
import type { Target } from '../../../state/target.ts';
import type { Column } from '../columns/columns.ts';
import { setColumnTarget } from '../columns/columns.ts';
import { modelToSend } from '../columns/installed-default.ts';
import type { BenchInput, BenchRequest } from '../input/chat-input.ts';
import { chatInput, isPackRequest, planInput } from '../input/chat-input.ts';
import { createFrameBatch } from './frame-batch.ts';
import type { Run, RunKind } from './run-store.ts';
import { addRun, changeRun, useRuns } from './run-store.ts';

type WaitEvent = Extract<StreamEvent, { event: 'waiting' }>['data'];

/** The runs in progress, by column. */
const underWay = new Map<string, AbortController>();

function kindOf(mode: Mode, target: Target): RunKind {
  // The stub is called without streaming in both modes; the plan beside it is for the module's own model.
  if (target.provider === 'stub') return 'stub';
  return mode === 'live' ? 'live' : 'plan';
}

function newRun(mode: Mode, { id: column, target }: Column, input: BenchInput): Run {
  return {
    id: crypto.randomUUID(),
    column,
    kind: kindOf(mode, target),
    mode,
    target,
    benchInput: input,
    input: chatInput(target, input),
    planned: planInput(target, input),
    startedAt: Date.now(),
    endedAt: null,
    phase: 'running',
    text: '',
    reasoning: '',
    provider: target.provider,
    model: target.model,
    answer: null,
    error: null,
    plan: null,
    planError: null,
    waiting: null,
  };
}

/** Both forms of input share one path: main renders a pack, then continues as for a chat. */
function ask(input: BenchRequest, signal: AbortSignal) {
  return isPackRequest(input) ? request('packs.run', input, signal) : request('chat.send', input, signal);
}

/** The plan beside a call is not logged: the call itself is. */
function preview(input: BenchRequest, signal: AbortSignal) {
  return isPackRequest(input) ? request('packs.plan', input, signal) : request('chat.preview', input, signal);
}

async function makePlan(run: Run, signal: AbortSignal): Promise<void> {
  try {
    const plan = await (run.kind === 'plan' ? ask(run.planned, signal) : preview(run.planned, signal));
    if ('dry_run' in plan) changeRun(run.id, { plan });
  } catch (thrown) {
    changeRun(run.id, { planError: errorInfoOf(thrown) });
  }
}

function finish(run: Run, answer: ChatAnswer): void {
  const { provider, model, reply } = answer;
  changeRun(run.id, {
    phase: 'done',
    endedAt: Date.now(),
    answer,
    provider,
    model,
    text: reply,
    waiting: null,
  });
  if (run.kind === 'live') noteAnswered(provider);
}

function fail(run: Run, thrown: unknown): void {
  const error = errorInfoOf(thrown);
  const phase = error.code === 'cancelled' ? 'cancelled' : 'failed';
  changeRun(run.id, { phase, endedAt: Date.now(), error, waiting: null });
  if (run.kind === 'live' && run.provider !== null) noteRefusedKey(run.provider, error);
}

async function answerByStub(run: Run, signal: AbortSignal): Promise<void> {
  const answer = await ask(run.input, signal);
  if ('reply' in answer) finish(run, answer);
}

async function answerByStream(run: Run, signal: AbortSignal, skipLimitWait: boolean): Promise<void> {
  const text = createFrameBatch((more) => changeRun(run.id, (now) => ({ text: now.text + more })));
  const reasoning = createFrameBatch((more) =>
    changeRun(run.id, (now) => ({ reasoning: now.reasoning + more })),
  );
  const onEvent = ({ event, data }: StreamEvent) => {
    if (event === 'start') changeRun(run.id, { provider: data.provider, model: data.model, waiting: null });
    if (event === 'waiting') showWait(run, data, skipLimitWait);
    if (event === 'delta') text.add(data.text);
    if (event === 'reasoning') reasoning.add(data.text);
  };
  const streamed = isPackRequest(run.input)
    ? stream('packs.stream', run.input, onEvent, signal)
    : stream('chat.stream', run.input, onEvent, signal);
  const answer = await streamed.finally(() => {
    text.flush();
    reasoning.flush();
  });
  finish(run, answer);
}

function showWait({ id }: Run, wait: WaitEvent, skipLimitWait: boolean): void {
  const { request_id: requestId, ms, asked, status, message } = wait;
  const isLimit = wait.limit !== undefined;
  if (isLimit && skipLimitWait) void endWait(requestId);
  else changeRun(id, { waiting: { until: Date.now() + ms, requestId, asked, status, message, isLimit } });
}

/** Errors are ignored: a call that has ended in the meantime no longer waits. */
async function endWait(requestId: string): Promise<void> {
  await request('chat.sendNow', { request_id: requestId }).catch(() => undefined);
}

/** Ends the wait of a run: its next attempt is sent now. */
export async function sendNow({ id, waiting }: Run): Promise<void> {
  if (!waiting) return;
  changeRun(id, { waiting: null });
  await endWait(waiting.requestId);
}

/** Puts a model that is known now into the run and its column. */
function withModel(run: Run, model: string): Run {
  const target = { ...run.target, model };
  const known = {
    target,
    model,
    input: chatInput(target, run.benchInput),
    planned: planInput(target, run.benchInput),
  };
  changeRun(run.id, known);
  setColumnTarget(run.column, { model });
  return { ...run, ...known };
}

/**
 * Plans the call and, unless only the plan is wanted, sends it. One run at a time per column.
 * @param skipLimitWait true if the user has already chosen not to wait for the provider's rate limits
 */
export async function startRun(
  mode: Mode,
  column: Column,
  input: BenchInput,
  skipLimitWait = false,
): Promise<void> {
  if (underWay.has(column.id)) return;
  const abort = new AbortController();
  underWay.set(column.id, abort);
  const first = newRun(mode, column, input);
  addRun(first);
  let run = first;
  try {
    const model = await modelToSend(column.target, mode === 'live');
    if (model !== null) run = withModel(run, model);
    const planned = makePlan(run, abort.signal);
    if (run.kind === 'stub') await answerByStub(run, abort.signal);
    if (run.kind === 'live') await answerByStream(run, abort.signal, skipLimitWait);
    if (run.kind === 'plan') await planned.then(() => settlePlan(run.id));
  } catch (thrown) {
    fail(run, thrown);
  } finally {
    underWay.delete(column.id);
  }
}

function settlePlan(id: string): void {
  const run = useRuns.getState().runs.find((one) => one.id === id);
  const error = run?.planError ?? null;
  const phase = error === null ? 'done' : error.code === 'cancelled' ? 'cancelled' : 'failed';
  changeRun(id, { phase, error, endedAt: Date.now(), ...(run?.plan && planTarget(run.plan)) });
}

function planTarget({ provider, model }: DryRunAnswer): Pick<Run, 'provider' | 'model'> {
  return { provider, model };
}

/** Stops all runs in progress, or that of one column; received text is kept. */
export function cancelRuns(column?: string): void {
  for (const [id, abort] of underWay) if (column === undefined || id === column) abort.abort();
}
