/** Model lists in vendors' packages: which models exist, and when they are retired. */

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** Ids between quotes. */
const quoted = (text, quote) =>
  [...text.matchAll(new RegExp(`${quote}([\\w.:-]+)${quote}`, 'g'))].map(([, id]) => id);

/**
 * Reads `openai/resources/shared.d.ts`: the union `ChatModel`, and the dates in the comment above it.
 * @returns {{ models: string[], ends: Map<string, string> }} ends as `YYYY-MM-DD`
 */
export function openAiModels(text) {
  const union = /export type ChatModel = ([^;]+);/.exec(text)?.[1] ?? '';
  const ends = new Map();
  const comment = text.slice(0, text.indexOf('export type ChatModel')).replace(/\n\s*\*\s?/g, ' ');
  for (const [, ids, date] of comment.matchAll(
    /- ((?:"[\w.-]+",?\s*)+):\s*Announced shutdown\s+date:\s*(\d{4}-\d{2}-\d{2})/g,
  ))
    for (const id of quoted(ids, '"')) ends.set(id, date);
  return { models: quoted(union, "'"), ends };
}

/** `November 30th, 2026` as `2026-11-30`; undefined for any other form. */
export function isoDay(text) {
  const [, month, day, year] = /^(\w+) (\d{1,2})(?:st|nd|rd|th)?, (\d{4})$/.exec(text) ?? [];
  const at = months.indexOf(month);
  return at < 0 ? undefined : `${year}-${String(at + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/**
 * Reads `@anthropic-ai/sdk`: the union `Model` of `resources/messages/messages.d.ts`, and
 * `internal/data/deprecated-models.js`.
 */
export function anthropicModels(types, deprecated) {
  const union = /export type Model = ([^;]+);/.exec(types)?.[1] ?? '';
  const ends = new Map();
  for (const [, id, text] of deprecated.matchAll(/'([\w.-]+)': '([^']+)'/g)) {
    const day = isoDay(text);
    if (day) ends.set(id, day);
  }
  return { models: quoted(union, "'"), ends };
}

/**
 * One catalogue file of `@earendil-works/pi-ai` as models by id.
 */
export function catalogueModels(json) {
  const models = new Map();
  for (const byKey of Object.values(json))
    for (const model of Object.values(byKey))
      if (model.id && model.cost && (model.type ?? 'chat') === 'chat') models.set(model.id, model);
  return models;
}

const dated = /-(?:\d{8}|\d{4}-\d{2}-\d{2})$/;

/**
 * The differences between a vendor's list and the registry's records.
 * @param {{ listed_id: string, wire_id: string | null, status: string, shutdown: string | null }[]} records of one provider
 * @param {string} today `YYYY-MM-DD`
 * @returns {{ fresh: string[], ends: string[], unlisted: string[] }} lines to print
 */
export function compareModels(records, { models, ends }, today) {
  const known = new Map(
    records.flatMap((record) => [record.listed_id, record.wire_id].map((id) => [id, record])),
  );
  const lasting = models.filter((id) => !dated.test(id) && !(ends.get(id) <= today));
  const fresh = lasting.filter((id) => !known.has(id));
  const changedEnds = [];
  for (const [id, date] of ends) {
    const record = known.get(id);
    if (record && record.shutdown !== date)
      changedEnds.push(`${id}: they say ${date}, we say ${record.shutdown ?? 'no end'}`);
  }
  const unlisted = records
    .filter(({ status, shutdown }) => status === 'active' && !(shutdown && shutdown <= today))
    .filter(({ listed_id: id, wire_id: wireId }) => !models.includes(wireId ?? id) && !models.includes(id))
    .map(({ listed_id: id }) => `${id}: active with us, not in their list`);
  return { fresh, ends: changedEnds, unlisted };
}
