import type { OperationName, OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import type { RequestContext } from '../lib/request-context.ts';
import type { TranslationService } from './translation-service.ts';

type TranslateName = Extract<OperationName, `translate.${string}` | `hook.${string}`>;

/** One handler for each translation operation. */
export type TranslationHandlers = {
  [N in TranslateName]: (input: ParsedInput<N>, context: RequestContext) => Promise<OperationOutput<N>>;
};

/**
 * The translation operations for the table of handlers.
 * @param service creates the service on first use, so that file formats and encodings are not loaded at startup
 */
export function translationHandlers(service: () => Promise<TranslationService>): TranslationHandlers {
  return {
    'translate.list': async () => (await service()).list(),
    'translate.create': async (input, context) => (await service()).create(input, context),
    'translate.open': async (input, context) => (await service()).open(input, context),
    'translate.remove': async (input) => (await service()).remove(input),
    'translate.get': async (input) => (await service()).get(input),
    'translate.configure': async (input) => (await service()).configure(input),
    'translate.import': async (input) => (await service()).import(input),
    'translate.plan': async (input, context) => (await service()).plan(input, context),
    'translate.run': async (input, context) => (await service()).runs.run(input, context),
    'translate.retry': async (input, context) => (await service()).runs.retry(input, context),
    'translate.pause': async (input) => (await service()).runs.pause(input),
    'translate.cancel': async (input, context) => (await service()).runs.cancel(input, context),
    'translate.groups': async (input) => (await service()).runs.groups(input),
    'translate.runs': async (input) => (await service()).runs.list(input),
    'translate.index': async (input) => (await service()).index(input),
    'translate.facets': async (input) => (await service()).facets(input),
    'translate.unit': async (input) => (await service()).unit(input),
    'translate.request': async (input, context) => (await service()).request(input, context),
    'translate.replace': async (input) => (await service()).replace(input),
    'translate.units': async (input) => (await service()).units(input),
    'translate.update': async (input) => (await service()).update(input),
    'translate.approve': async (input) => (await service()).approve(input),
    'translate.suggestions': async (input) => (await service()).suggestions(input),
    'translate.glossary': async (input) => (await service()).glossary(input),
    'translate.saveGlossary': async (input) => (await service()).saveGlossary(input),
    'translate.export': async (input, context) => (await service()).exports.export(input, context),
    'hook.get': async () => (await service()).live.view(),
    'hook.on': async (input) => (await service()).live.on(input),
    'hook.off': async () => (await service()).live.off(),
    'hook.translate': async (input) => (await service()).live.translate(input),
    'translate.batch': async (input, context) => (await service()).comfyvn.batch(input, context),
    'translate.review': async (input) => (await service()).comfyvn.review(input),
    'translate.reviewEntry': async (input) => (await service()).comfyvn.reviewEntry(input),
    'translate.exportJson': async (input) => (await service()).comfyvn.exportJson(input),
    'translate.exportPo': async (input) => (await service()).comfyvn.exportPo(input),
  };
}
