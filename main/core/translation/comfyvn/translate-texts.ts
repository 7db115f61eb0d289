import type { ProjectFile } from '../../../../contract/translation.ts';
import type { ChatService } from '../../chat/chat-service.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import { judgeReply, replyOf } from '../run/judge-reply.ts';
import { LineGrouper, lineWithoutFile } from '../plan/group-lines.ts';
import { sceneRequest } from '../plan/scene-request.ts';
import type { PlannedScene, ScenePlanner } from '../plan/scene-planner.ts';
import { checkRulesFor } from '../review/check-rules.ts';

export interface TextsToTranslate {
  settings: ProjectFile;
  texts: readonly { id: string; source: string }[];
  mock: boolean;
}

export interface TranslatedTexts {
  /** By id; without texts that the model left out. */
  targets: Map<string, { target: string; model: string; problems: number }>;
  usd: number;
}

/** Translates texts without a project, with the same requests as for a project's lines. */
export class TextTranslator {
  readonly #chat: ChatService;
  readonly #planner: ScenePlanner;

  constructor(chat: ChatService, planner: ScenePlanner) {
    [this.#chat, this.#planner] = [chat, planner];
  }

  /** Plans the requests for the texts. Sends nothing. */
  async plan({ settings, texts, mock }: TextsToTranslate, context: RequestContext): Promise<PlannedScene[]> {
    const grouper = new LineGrouper(settings.group_lines);
    const groups = [
      ...texts.map(({ id, source }, i) => grouper.add(lineWithoutFile(id, source, i))),
      grouper.take(),
    ];
    const scenes: PlannedScene[] = [];
    for (const lines of groups) {
      if (lines === null) continue;
      const request = sceneRequest({ settings, glossary: [], lines, context: [], retry: false, mock });
      scenes.push({ lines, ...(await this.#planner.planRequest(request, context)) });
    }
    return scenes;
  }

  /** Sends the requests in sequence. If one fails, it throws the chat's error; `onReply` has received earlier replies. */
  async translate(
    order: TextsToTranslate,
    context: RequestContext,
    onReply: (targets: TranslatedTexts['targets']) => Promise<void>,
  ): Promise<TranslatedTexts> {
    const all: TranslatedTexts = { targets: new Map(), usd: 0 };
    const rulesOf = checkRulesFor(order.settings, [], []);
    for (const { lines, call } of await this.plan(order, context)) {
      const answer = await this.#chat.send(call, context);
      const reply = replyOf(answer);
      const targets: TranslatedTexts['targets'] = new Map();
      for (const { id, target, problems } of judgeReply(reply, lines, rulesOf, false).texts)
        if (target !== null)
          targets.set(id, {
            target,
            model: reply.model,
            problems: JSON.parse(problems ?? '[]').length as number,
          });
      await onReply(targets);
      for (const [id, text] of targets) all.targets.set(id, text);
      all.usd += answer.cost?.total ?? 0;
    }
    return all;
  }
}
