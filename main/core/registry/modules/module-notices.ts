import type { LifecycleView, PresetEntry } from '../../../../contract/module-preset.ts';
import type { ModuleNotice } from '../../../../contract/provider.ts';
import type { Warning } from '../../../../contract/warnings.ts';
import { warning } from '../../lib/warning.ts';
import { activePreset, findModel, presetLifecycle, standInOf, type IsUsable } from '../active-preset.ts';
import type { Registry } from '../build-registry.ts';
import { recordedPrice } from '../prices/recorded-price.ts';
import type { Module } from '../model/model.ts';
import { nextVersion, versionOn } from '../prices/price-record.ts';

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

/** A notice whose text is that of a warning. */
const notice = (
  of: Pick<ModuleNotice, 'kind' | 'tone' | 'date' | 'preset'>,
  about: Warning,
): ModuleNotice => ({ ...of, text: about.message, warning: about });

/** The end of a model, if it is near. */
interface ComingEnd {
  date: string;
  days: number;
  tone: ModuleNotice['tone'];
  text: string;
}

function comingEnd(life: LifecycleView, model: string, today: string): ComingEnd | null {
  if (!life.shutdown || life.status === 'retired') return null;
  // If sources differ about the end date, the earliest counts.
  const soonest = [life.shutdown, ...(life.ends ?? []).map(({ date }) => date)].toSorted()[0] as string;
  if (daysUntil(soonest, today) > noticeDays) return null;
  const days = daysUntil(life.shutdown, today);
  const tone = days <= soonDays ? 'warn' : 'info';
  return { date: life.shutdown, days, tone, text: `${model} ends on ${life.shutdown} (${inDays(days)})` };
}

function differingEnds(life: LifecycleView, preset: PresetEntry): ModuleNotice[] {
  if (!life.ends || life.status === 'retired') return [];
  const reported = life.ends.map(({ date, source, as_of }) => `${date} (${source}, ${as_of})`).join(' or ');
  const text = `Sources differ about the end of ${preset.model}: ${reported}. Your own deployment's page decides.`;
  const ends = life.ends.map(({ date, source, as_of }) => `${date} (${source}, ${as_of})`).join(' / ');
  return [
    notice(
      { kind: 'sources_differ', tone: 'warn', date: life.shutdown, preset: preset.id },
      warning('end_dates_differ', { model: preset.model, ends }, text),
    ),
  ];
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
  if (!record || !next?.from) return [];
  const now = versionOn(record, today).rates;
  const { input, output } = next.rates;
  const text = `From ${next.from} on ${preset.model} costs ${usd(input)} / ${usd(output)} USD per million tokens; now it is ${usd(now.input)} / ${usd(now.output)}.`;
  const prices = { input, output, input_before: now.input, output_before: now.output };
  return [
    notice(
      { kind: 'price_changes', tone: 'info', date: next.from, preset: preset.id },
      warning('price_will_change', { model: preset.model, date: next.from, ...prices }, text),
    ),
  ];
}

/** Notices from the provider's last stored model list: the model is missing, or its price has changed. */
function listNotices(registry: Registry, served: Served, id: string | null, today: string): ModuleNotice[] {
  const found = servedModel(registry, served);
  const facts = found?.model.kept?.facts;
  if (!found || !facts) return [];
  const { provider, model } = found;
  const about = { date: facts.as_of, preset: id };
  const listed = { model: served.model, provider: provider.label, date: facts.as_of };
  const notices: ModuleNotice[] = [];
  if (facts.absent)
    notices.push(
      notice(
        { kind: 'vanished', tone: 'warn', ...about },
        warning(
          'model_missing',
          { ...listed, date: facts.absent },
          `${served.model} is missing from the list of ${provider.label} of ${facts.absent}. Calls are still sent; they may fail.`,
        ),
      ),
    );
  const before = registry.lifecycle.record(provider, model)?.pricing;
  const rates = before && versionOn(before, today).rates;
  const { pricing } = facts;
  const changed = pricing && rates && (pricing.input !== rates.input || pricing.output !== rates.output);
  // An old change is simply the current price.
  if (changed && daysUntil(today, facts.as_of) <= noticeDays)
    notices.push(
      notice(
        {
          kind: 'price_changed',
          tone: pricing.input > rates.input || pricing.output > rates.output ? 'warn' : 'info',
          ...about,
        },
        warning(
          'price_changed',
          {
            ...listed,
            input: pricing.input,
            output: pricing.output,
            input_before: rates.input,
            output_before: rates.output,
          },
          `${served.model} costs ${usd(pricing.input)} / ${usd(pricing.output)} USD per million tokens by the list of ${provider.label} of ${facts.as_of}; it was ${usd(rates.input)} / ${usd(rates.output)}.`,
        ),
      ),
    );
  return notices;
}

function overrideNotice(registry: Registry, module: Module, today: string): ModuleNotice[] {
  if (!module.override) return [];
  const life = presetLifecycle(registry, module.override, today);
  const { model } = module.override;
  const then = life.successor ? `; its successor is ${life.successor}` : '';
  const end = comingEnd(life, model, today);
  const ending = end
    ? [
        notice(
          { kind: 'override_ends', tone: end.tone, date: end.date, preset: null },
          warning(
            'default_model_ends',
            { model, date: end.date, days: end.days, successor: life.successor },
            `ComfyVN's registry file: ${end.text}${then}`,
          ),
        ),
      ]
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
    notices.push(
      notice({ kind: 'moved', tone: gone ? 'warn' : 'info', date: null, preset: module.active }, moved),
    );
  const heir = life.shutdown ? heirOf(registry, module, life.shutdown, isUsable) : undefined;
  const next = heir && heir.id !== preset.id ? heir : undefined;
  const then = next
    ? `; then ${next.id} (${next.model}) serves ${module.name}`
    : `; choose another preset of ${module.name} before that`;
  const end = comingEnd(life, preset.model, today);
  if (end) {
    const { date, days, tone, text } = end;
    const after = { module: module.name, preset: next?.id ?? null, heir: next?.model ?? null };
    notices.push(
      notice(
        { kind: 'ends', tone, date, preset: preset.id },
        warning('model_ends', { model: preset.model, date, days, ...after }, text + then),
      ),
    );
  }
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
