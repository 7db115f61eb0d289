import type { TranslationPlan } from '../../../../contract/translation.ts';
import type { WarningDetail } from '../../../../contract/warnings.ts';
import type { ChatService } from '../../chat/chat-service.ts';
import { withoutCode } from '../text/code-tokens.ts';
import type { ProviderBatches } from '../../provider-batches/provider-batches.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import { PromptPrices } from './group-price.ts';
import type { PlanOrder, ScenePlanner, UnitPages } from './scene-planner.ts';

/** Estimates the tokens of a translated line from its source; measured for English and Japanese, in both directions. */
const replyTokens = (source: string) => Math.ceil(Buffer.byteLength(withoutCode(source)) / 3) + 4;

type Totals = Omit<TranslationPlan, 'repeats' | 'held' | 'offered' | 'limit_usd' | 'spent_usd' | 'seconds'>;

export interface PlanProjectOptions {
  /** How many groups are returned with their requests. */
  show: number;
  /** Returns the batch price as a factor of the live price. */
  batches: Pick<ProviderBatches, 'factorOf'>;
  chat: ChatService;
}

/** Plans every group of a project and returns the totals. */
export async function planProject(
  planner: ScenePlanner,
  pages: UnitPages,
  order: PlanOrder,
  context: RequestContext,
  { show, batches, chat }: PlanProjectOptions,
): Promise<Totals> {
  const totals: Totals = {
    provider: '',
    model: '',
    groups: 0,
    units: 0,
    prompt_tokens: 0,
    completion_tokens: 0,
    bytes: 0,
    cost: { min: 0, expected: 0, max: 0 },
    batch_cost: null,
    first_groups: [],
    warnings: [],
    warning_details: [],
  };
  const warnings = new Map<string, WarningDetail>();
  const prices = new PromptPrices(chat);
  let expectedInBatch = 0;
  for await (const lines of planner.groups(pages, order)) {
    const scene = await planner.planGroup(lines, order, context);
    const { plan, shown } = scene;
    const { prompt_tokens, cost, price } = shown.estimate;
    const tokens = lines.reduce((sum, { source }) => sum + replyTokens(source), 0);
    totals.provider = shown.provider;
    totals.model = shown.model;
    totals.groups++;
    totals.units += lines.length;
    totals.prompt_tokens += prompt_tokens;
    totals.completion_tokens += tokens;
    totals.bytes += plan.body.length;
    for (const warning of shown.warning_details) warnings.set(warning.message, warning);
    if (!cost) totals.cost = null;
    if (cost && totals.cost) {
      const prompt = await prices.next(scene, cost.min);
      const replyCost = price ? (tokens * price.output) / price.per : 0;
      totals.cost.min += prompt.min;
      totals.cost.expected += prompt.likely + replyCost;
      expectedInBatch += prompt.likelyInBatch + replyCost;
      totals.cost.max = cost.max === null || totals.cost.max === null ? null : totals.cost.max + cost.max;
    }
    if (totals.first_groups.length < show) totals.first_groups.push(shownGroup(lines, shown));
  }
  const factor = totals.groups ? batches.factorOf(totals.provider, totals.model) : null;
  if (totals.cost && factor !== null) {
    const { min, max } = totals.cost;
    const batchMax = max === null ? null : max * factor;
    totals.batch_cost = { min: min * factor, expected: expectedInBatch * factor, max: batchMax };
  }
  totals.warnings = [...warnings.keys()];
  totals.warning_details = [...warnings.values()];
  return totals;
}

function shownGroup(
  lines: readonly { file: string; scene: string | null; id: string }[],
  { plan, estimate }: Awaited<ReturnType<ScenePlanner['planGroup']>>['shown'],
): TranslationPlan['first_groups'][number] {
  const [first] = lines;
  return {
    lines: lines.length,
    first: { file: first?.file ?? '', unit: first?.id ?? '', scene: first?.scene ?? null },
    prompt_tokens: estimate.prompt_tokens,
    bytes: plan.bytes,
    sha256: plan.sha256,
    cost: estimate.cost && { min: estimate.cost.min, max: estimate.cost.max },
    body: plan.body,
  };
}
