import type { DryRunAnswer } from '../../../../contract/chat.ts';
import type { ProjectFile } from '../../../../contract/translation.ts';
import type { ChatService } from '../../chat/chat-service.ts';
import type { ChatCall } from '../../chat/resolve/merge-options.ts';
import type { Plan } from '../../chat/plan/plan.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { PackStore } from '../../prompt-packs/pack-store.ts';
import { preparePack } from '../../prompt-packs/prepare-pack.ts';
import type { GlossaryEntry } from '../glossary/glossary-entry.ts';
import type { PendingUnit, UnitStore } from '../store/unit-store.ts';
import { LineGrouper } from './group-lines.ts';
import { withCachedPrefix } from './cache-prefix.ts';
import { sceneRequest, type GroupPackRequest } from './scene-request.ts';

export interface PlanParts {
  chat: ChatService;
  packs: PackStore;
  units: UnitStore;
}

/** The settings that all groups of a plan share. */
export interface PlanOrder {
  project: string;
  settings: ProjectFile;
  /** Sorted by `sortedGlossary`. */
  glossary: readonly GlossaryEntry[];
  mock: boolean;
  retry: boolean;
  /** For single requests, as of the live hook: nothing is marked for the provider's cache. */
  alone?: boolean;
}

/** A call and its exact bytes. */
export interface ExactRequest {
  call: ChatCall;
  plan: Plan;
}

/** A group, its exact request and its estimate. */
export interface PlannedScene extends ExactRequest {
  lines: readonly PendingUnit[];
  request: GroupPackRequest;
  shown: DryRunAnswer;
}

/** Extra reply tokens for a model that may think without a limit of its own. */
const thinkingTokens = 6000;

function withThinkingTokens(request: GroupPackRequest): GroupPackRequest {
  const { max_tokens: maxTokens } = request.params ?? {};
  return { ...request, params: { ...request.params, max_tokens: Number(maxTokens ?? 0) + thinkingTokens } };
}

/** Reads the next page of units after an ordinal; an empty page is the last one. */
export type UnitPages = (after: number) => Promise<PendingUnit[]>;

/** Plans groups and the exact request of each. Sends nothing and writes nothing. */
export class ScenePlanner {
  readonly #parts: PlanParts;

  constructor(parts: PlanParts) {
    this.#parts = parts;
  }

  /** Groups of all units in the pages, in the game's order. */
  async *groups(pages: UnitPages, { settings }: PlanOrder): AsyncGenerator<PendingUnit[]> {
    const grouper = new LineGrouper(settings.group_lines);
    for (let after = 0; ;) {
      const page = await pages(after);
      for (const unit of page) {
        const group = grouper.add(unit);
        if (group) yield group;
      }
      const last = page.at(-1);
      if (!last) break;
      after = last.ordinal;
    }
    const lastGroup = grouper.take();
    if (lastGroup) yield lastGroup;
  }

  /** Plans a group's request. The context lines before the group have their current translations. */
  async planGroup(
    lines: readonly PendingUnit[],
    order: PlanOrder,
    context: RequestContext,
  ): Promise<PlannedScene> {
    const { settings, glossary, project, mock, retry } = order;
    const [first] = lines;
    const before = first
      ? await this.#parts.units.before(project, first.file, first.ordinal, settings.context_lines)
      : [];
    const cached = !order.alone && settings.prompt_cache !== 'off';
    const request: GroupPackRequest = {
      ...sceneRequest({ settings, glossary, lines, context: before, retry, mock }),
      ...(cached ? { cache_front: true } : {}),
    };
    const planned = await this.planRequest(request, context);
    // Thinking counts against the reply's tokens: without extra tokens, the model may end before it answers.
    if (!planned.plan.thinksUnseen || settings.params?.['max_tokens'] !== undefined)
      return { lines, ...planned };
    return { lines, ...(await this.planRequest(withThinkingTokens(request), context)) };
  }

  /** Plans a pack request again: its exact bytes and its estimate. */
  async planRequest(
    request: GroupPackRequest,
    context: RequestContext,
  ): Promise<Omit<PlannedScene, 'lines'>> {
    const call = await this.#callOf(request);
    const { plan, shown } = await this.#parts.chat.preview(call, context);
    return { request, call, plan, shown };
  }

  /** The exact bytes without an estimate; no tokens are counted. */
  async exactRequest(request: GroupPackRequest, context: RequestContext): Promise<ExactRequest> {
    const call = await this.#callOf(request);
    return { call, plan: await this.#parts.chat.planned(call, context) };
  }

  async #callOf(request: GroupPackRequest): Promise<ChatCall> {
    const pack = await this.#parts.packs.get(request.module);
    const { cache_front: isCached, ...packRequest } = request;
    const { call } = preparePack(pack, false, packRequest);
    if (!isCached) return call;
    const { provider, model } = this.#parts.chat.resolve(call);
    return withCachedPrefix(call, provider, model);
  }
}
