import type { OperationName, OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import type { RequestContext } from '../lib/request-context.ts';
import type { TranslationService } from './translation-service.ts';

type TranslateName = Extract<OperationName, `translate.${string}`>;

/** One handler for each operation of translation. */
export type TranslationHandlers = {
  [N in TranslateName]: (
    input: ParsedInput<N>,
    context: RequestContext,
  ) => OperationOutput<N> | Promise<OperationOutput<N>>;
};

/** What each operation does, for the one table of handlers. */
export function translationHandlers(service: TranslationService): TranslationHandlers {
  return {
    'translate.list': () => service.list(),
    'translate.create': (input, context) => service.create(input, context),
    'translate.open': (input, context) => service.open(input, context),
    'translate.get': (input) => service.get(input),
    'translate.configure': (input) => service.configure(input),
    'translate.import': (input) => service.import(input),
    'translate.plan': (input, context) => service.plan(input, context),
    'translate.run': (input, context) => service.run(input, context),
    'translate.retry': (input, context) => service.retry(input, context),
    'translate.pause': (input) => service.pause(input),
    'translate.cancel': (input) => service.cancel(input),
    'translate.groups': (input) => service.groups(input),
    'translate.units': (input) => service.units(input),
    'translate.update': (input) => service.update(input),
    'translate.approve': (input) => service.approve(input),
    'translate.suggestions': (input) => service.suggestions(input),
    'translate.glossary': (input) => service.glossary(input),
    'translate.saveGlossary': (input) => service.saveGlossary(input),
    'translate.export': (input, context) => service.export(input, context),
    'translate.batch': (input, context) => service.comfyvn.batch(input, context),
    'translate.review': (input) => service.comfyvn.review(input),
    'translate.reviewEntry': (input) => service.comfyvn.reviewEntry(input),
    'translate.exportJson': (input) => service.comfyvn.exportJson(input),
    'translate.exportPo': (input) => service.comfyvn.exportPo(input),
  };
}
