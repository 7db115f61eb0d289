import type { LifecycleView, PresetEntry } from '../../../../contract/module-preset.ts';
import type { ModuleNotice } from '../../../../contract/provider.ts';
import { activePreset, findModel, presetLifecycle, standInOf, type IsUsable } from '../active-preset.ts';
import type { Registry } from '../build-registry.ts';
import { recordedPrice } from '../prices/recorded-price.ts';
import type { Module } from '../model/model.ts';
import { nextVersion, versionOn } from '../price-record.ts';

/** A notice appears this many days before an end date, and is a warning in the last month. */
const noticeDays = 60;
const soonDays = 31;
const dayMs = 86_400_000;

function daysUntil(date: string, today: string): number {
  return Math.round((Date.parse(date) - Date.parse(today)) / dayMs);
}

function inDays(days: number): string {
  if (days <= 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}

function endNotice(
  life: LifecycleView,
  model: string,
  today: string,
  then: string,
): Pick<ModuleNotice, 'tone' | 'text' | 'date'> | null {
  if (!life.shutdown || life.status === 'retired') return null;
  // If sources differ about the end date, the earliest counts.
  const soonest = [life.shutdown, ...(life.ends ?? []).map(({ date }) => date)].toSorted()[0] as string;
  if (daysUntil(soonest, today) > noticeDays) return null;
  const days = daysUntil(life.shutdown, today);
  const tone = days <= soonDays ? 'warn' : 'info';
  return { tone, text: `${model} ends on ${life.shutdown} (${inDays(days)})${then}`, date: life.shutdown };
}

function differingEnds(life: LifecycleView, preset: PresetEntry): ModuleNotice[] {
  if (!life.ends || life.status === 'retired') return [];
  const reported = life.ends.map(({ date, source, as_of }) => `${date} (${source}, ${as_of})`).join(' or ');
  const text = `Sources differ about the end of ${preset.model}: ${reported}. Your own deployment's page decides.`;
  return [{ kind: 'sources_differ', tone: 'warn', text, date: life.shutdown, preset: preset.id }];
}

const usd = (n: number) => String(Math.round(n * 10_000) / 10_000);

type Served = Pick<PresetEntry, 'provider' | 'model'>;

function servedModel(registry: Registry, { provider: name, model: id }: Served) {
  const provider = registry.providers.get(name);
  const model = provider && findModel(provider.models, id);
  return provider && model ? { provider, model } : null;
}

function priceNotice(registry: Registry, preset: PresetEntry, today: string): ModuleNotice[] {
  const found = servedModel(registry, preset);
  const record = found && recordedPrice(registry, found.provider, found.model, today)?.record;
  const next = record && nextVersion(record, today);
  if (!record || !next) return [];
  const now = versionOn(record, today).rates;
  const { input, output } = next.rates;
  const text = `From ${next.from} on ${preset.model} costs ${usd(input)} / ${usd(output)} USD per million tokens; now it is ${usd(now.input)} / ${usd(now.output)}.`;
  return [{ kind: 'price_changes', tone: 'info', text, date: next.from, preset: preset.id }];
}

/** Notices from the provider's last stored model list: the model is missing, or its price has changed. */
function listNotices(registry: Registry, served: Served, id: string | null, today: string): ModuleNotice[] {
  const found = servedModel(registry, served);
  const facts = found?.model.kept?.facts;
  if (!found || !facts) return [];
  const { provider, model } = found;
  const about = { date: facts.as_of, preset: id };
  const notices: ModuleNotice[] = [];
  if (facts.absent)
    notices.push({
      kind: 'vanished',
      tone: 'warn',
      text: `${served.model} is missing from the list of ${provider.label} of ${facts.absent}. Calls are still sent; they may fail.`,
      ...about,
    });
  const before = registry.lifecycle.record(provider, model)?.pricing;
  const rates = before && versionOn(before, today).rates;
  const { pricing } = facts;
  const changed = pricing && rates && (pricing.input !== rates.input || pricing.output !== rates.output);
  // An old change is simply the current price.
  if (changed && daysUntil(today, facts.as_of) <= noticeDays)
    notices.push({
      kind: 'price_changed',
      tone: pricing.input > rates.input || pricing.output > rates.output ? 'warn' : 'info',
      text: `${served.model} costs ${usd(pricing.input)} / ${usd(pricing.output)} USD per million tokens by the list of ${provider.label} of ${facts.as_of}; it was ${usd(rates.input)} / ${usd(rates.output)}.`,
      ...about,
    });
  return notices;
}

function overrideNotice(registry: Registry, module: Module, today: string): ModuleNotice[] {
  if (!module.override) return [];
  const life = presetLifecycle(registry, module.override, today);
  const successor = life.successor ? `; its successor is ${life.successor}` : '';
  const ends = endNotice(life, module.override.model, today, successor);
  const ending: ModuleNotice[] = ends
    ? [{ kind: 'override_ends', ...ends, text: `ComfyVN's registry file: ${ends.text}`, preset: null }]
    : [];
  return [...ending, ...listNotices(registry, module.override, null, today)];
}

/**
 * A module's notices on a day, in advance: a replaced default, the end date of the current model and its
 * replacement, sources that differ about the date, an announced price change.
 * @param today `YYYY-MM-DD`
 */
export function moduleNotices(
  registry: Registry,
  module: Module,
  today: string,
  isUsable?: IsUsable,
): ModuleNotice[] {
  const active = module.override ? null : activePreset(registry, module, today, isUsable);
  if (!active) return overrideNotice(registry, module, today);
  const { preset, moved, gone } = active;
  const life = presetLifecycle(registry, preset, today);
  const notices: ModuleNotice[] = [];
  if (moved)
    notices.push({
      kind: 'moved',
      tone: gone ? 'warn' : 'info',
      text: moved.message,
      date: null,
      preset: module.active,
    });
  const heir = life.shutdown ? heirOf(registry, module, life.shutdown, isUsable) : undefined;
  const then =
    heir && heir.id !== preset.id
      ? `; then ${heir.id} (${heir.model}) serves ${module.name}`
      : `; choose another preset of ${module.name} before that`;
  const ends = endNotice(life, preset.model, today, then);
  if (ends) notices.push({ kind: 'ends', ...ends, preset: preset.id });
  return [
    ...notices,
    ...listNotices(registry, preset, preset.id, today),
    ...differingEnds(life, preset),
    ...priceNotice(registry, preset, today),
  ];
}

/** The preset that serves a module on a later day. */
function heirOf(
  registry: Registry,
  module: Module,
  day: string,
  isUsable: IsUsable | undefined,
): PresetEntry | undefined {
  return (
    activePreset(registry, module, day, isUsable)?.preset ??
    standInOf(module.shortlist, module.active ?? undefined)
  );
}
