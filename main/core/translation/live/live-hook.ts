import { randomUUID } from 'node:crypto';
import type { LiveHookRequest, LiveHookView } from '../../../../contract/operations/live-hook.ts';
import { spentOn } from '../../chat/cost/failed-call-cost.ts';
import type { ChatService } from '../../chat/chat-service.ts';
import { AppError } from '../../lib/app-error.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { MemoryEntries } from '../comfyvn/memory-entries.ts';
import { sortedGlossary } from '../glossary/match-terms.ts';
import { lineWithoutFile } from '../plan/group-lines.ts';
import type { ScenePlanner } from '../plan/scene-planner.ts';
import { readGlossary } from '../project/project-folder.ts';
import type { Project, Projects } from '../project/projects.ts';
import { checkRulesFor } from '../review/check-rules.ts';
import { judgeFailure } from '../run/judge-failure.ts';
import { judgeReply, replyOf } from '../run/judge-reply.ts';
import type { MemoryStore } from '../store/memory-store.ts';
import { memoryLanguage } from '../units/memory-language.ts';
import { pairOf } from '../units/text-pair.ts';
import { isHookToken, type HookFile, type HookState } from './hook-state.ts';
import { LineQueue } from './line-queue.ts';

export interface LiveHookParts {
  state: HookState;
  projects: Projects;
  planner: ScenePlanner;
  chat: ChatService;
  memory: MemoryStore;
  entries: MemoryEntries;
  now(): number;
}

const off: LiveHookView = { on: false, project: null, max_usd: null, spent_usd: 0 };

const viewOf = (state: HookFile | null): LiveHookView =>
  state ? { on: true, project: state.project, max_usd: state.max_usd, spent_usd: state.spent_usd } : off;

/** Translates lines of a running game: from the memory, or with a model and the project's glossary, checks and limit. */
export class LiveHook {
  readonly #parts: LiveHookParts;
  readonly #queue: LineQueue;

  constructor(parts: LiveHookParts) {
    this.#parts = parts;
    this.#queue = new LineQueue((texts) => this.#send(texts));
  }

  view(): LiveHookView {
    return viewOf(this.#parts.state.read());
  }

  /** @throws AppError `not_found`, `file_unreadable` */
  async on({ project, max_usd }: { project: string; max_usd: number }) {
    await this.#parts.projects.get(project);
    const token = await this.#parts.state.begin(project, max_usd);
    return { ...this.view(), path: `/hooks/${token}/xunity` };
  }

  async off(): Promise<LiveHookView> {
    await this.#parts.state.end();
    return off;
  }

  /**
   * @throws AppError `token_required` for a wrong token or while the hook is off; `budget_exceeded` at its limit;
   * `output_schema_mismatch` for a translation that fails the project's checks; the errors of a chat
   */
  async translate({ token, text, from, to }: LiveHookRequest): Promise<{ text: string }> {
    const state = this.#parts.state.read();
    if (!state || !isHookToken(state, token))
      throw new AppError('token_required', 'the live hook is off, or its address has another token');
    const project = await this.#parts.projects.get(state.project);
    checkLanguages(project, from, to);
    return { text: (await this.#known(project, text)) ?? (await this.#queue.add(text)) };
  }

  /** A reviewed translation of any project, or one of this project. */
  async #known({ row, settings }: Project, text: string): Promise<string | null> {
    const language = memoryLanguage(settings.target_language);
    const of = { pair: pairOf(text, null), project: row.id };
    const suggestions = await this.#parts.memory.suggestions(language, of, 20);
    const usable = suggestions.find(({ state, project }) => state === 'reviewed' || project === row.id);
    return usable?.target ?? null;
  }

  /** Sends one request for all texts. A text without a good translation gets an error. */
  async #send(texts: readonly string[]): Promise<Map<string, string | AppError>> {
    const { state, projects, planner } = this.#parts;
    const hook = state.read();
    if (!hook) throw new AppError('token_required', 'the live hook was switched off');
    const project = await projects.get(hook.project);
    const { row, settings } = project;
    const glossary = sortedGlossary(readGlossary(row.folder));
    const lines = texts.map((source, i) => lineWithoutFile(String(i), source, i));
    // Not the caller's signal: if one caller disconnects, the others in its group still get their lines.
    const context: RequestContext = {
      requestId: randomUUID(),
      door: 'http',
      signal: new AbortController().signal,
    };
    const order = { project: row.id, settings, glossary, mock: false, retry: false, alone: true };
    const planned = await planner.planGroup(lines, order, context);
    const bound = planned.shown.estimate.cost?.max ?? null;
    if (bound === null || hook.spent_usd + bound > hook.max_usd)
      throw new AppError(
        'budget_exceeded',
        bound === null
          ? 'the price of this model is not known, so the limit of the live hook cannot be checked'
          : `the live hook has spent ${hook.spent_usd.toFixed(4)} of its ${hook.max_usd} USD, and this request may cost ${bound.toFixed(4)}`,
      );
    const answer = await this.#sendPaid(planned, hook, bound, context);
    const reply = replyOf(answer);
    const rules = checkRulesFor(settings, glossary, []);
    return this.#save(project, texts, judgeReply(reply, lines, rules, false).texts, reply.model);
  }

  /** Sends a request and records its cost; an unknown cost counts as the upper bound. */
  async #sendPaid(
    { call, plan }: Awaited<ReturnType<ScenePlanner['planGroup']>>,
    hook: HookFile,
    bound: number,
    context: RequestContext,
  ) {
    const { state, chat } = this.#parts;
    // The bound is on disk before the request is sent. If the process is killed, it stays spent.
    await state.spend(hook, bound);
    let cost = bound;
    try {
      const answer = await chat.send(call, context);
      cost = spentOn(answer, bound);
      return answer;
    } catch (error) {
      if (error instanceof AppError) {
        const { verdict, usd } = judgeFailure(error, plan.resolved.provider.kind === 'cloud');
        cost = verdict.what === 'unknown' || verdict.what === 'paid' ? usd || bound : usd;
      }
      throw error;
    } finally {
      await state.spend(hook, cost - bound);
    }
  }

  /** Saves the translations that pass the checks to the memory; returns them, and an error for each other text. */
  async #save(
    { row, settings }: Project,
    texts: readonly string[],
    judged: ReturnType<typeof judgeReply>['texts'],
    model: string,
  ): Promise<Map<string, string | AppError>> {
    const { entries, now } = this.#parts;
    const results = new Map<string, string | AppError>();
    for (const [i, source] of texts.entries()) {
      const text = judged.find(({ id }) => id === String(i));
      if (!text?.target || text.severity === 'error') {
        results.set(source, new AppError('output_schema_mismatch', problemOf(text?.problems ?? null)));
        continue;
      }
      results.set(source, text.target);
      // Offline replies are no translations, so they are not saved.
      if (text.origin === 'stub' || model.startsWith('stub/')) continue;
      const pair = pairOf(source, null);
      const [provider = ''] = model.split('/');
      await entries.save({
        id: `${row.id}:${pair}`,
        project: row.id,
        language: memoryLanguage(settings.target_language),
        key: null,
        pair,
        source,
        speaker: null,
        target: text.target,
        state: 'draft',
        origin: `provider:${provider}`,
        confidence: text.problems ? 0.5 : 0.8,
        reviewer: null,
        meta: JSON.stringify({ live: true, model }),
        version: 1,
        hits: 0,
        created_at: now(),
        updated_at: now(),
        reviewed_at: null,
      });
    }
    return results;
  }
}

function problemOf(problems: string | null): string {
  const messages = (JSON.parse(problems ?? '[]') as { message: string }[]).map(({ message }) => message);
  return messages.length
    ? `the translation was not good: ${messages.join(' ')}`
    : 'the model left this line out';
}

/** Refuses requests for languages other than the project's: their lines would be in the wrong language. */
function checkLanguages({ settings }: Project, from: string | undefined, to: string | undefined): void {
  const differs = (requested: string | undefined, own: string | undefined) =>
    requested && own && !['auto', memoryLanguage(own)].includes(memoryLanguage(requested));
  if (differs(to, settings.target_language))
    throw new AppError(
      'invalid_request',
      `the project translates into ${settings.target_language}, not ${to}`,
    );
  if (differs(from, settings.source_language))
    throw new AppError(
      'invalid_request',
      `the project translates from ${settings.source_language}, not ${from}`,
    );
}
