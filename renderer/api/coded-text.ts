import type { TextDetail, TextKind } from '../../contract/coded-texts.ts';
import type { Endpoint } from '../../contract/server-access.ts';
import type { PackProblem } from '../../contract/user-pack.ts';
import type { Change } from '../../contract/user-preset.ts';
import { currentCatalogue } from '../i18n/current-language.ts';

/**
 * A text of the core in the current language. English is the core's own, as are texts of older records and
 * servers, which have no code, and texts whose code is of a newer server.
 */
export function codedText(kind: TextKind, english: string, detail: TextDetail | undefined): string {
  const texts = currentCatalogue()?.codedTexts[kind] as
    | Partial<Record<string, (values: TextDetail['values']) => string>>
    | undefined;
  return (detail && texts?.[detail.code]?.(detail.values)) ?? english;
}

/** What a change did, for the list of changes and for Undo. */
export const changeText = ({ summary, summary_detail: detail }: Change): string =>
  codedText('change', summary, detail);

/** Why a trial or the votes of a model ended early. */
export const stopText = (reason: string, detail: TextDetail | null | undefined): string =>
  codedText('stop', reason, detail ?? undefined);

/** What is wrong with a prompt pack. */
export const packProblemText = ({ message, message_detail: detail }: PackProblem): string =>
  codedText('file_problem', message, detail);

/** What an endpoint of the API does. One that the catalogue does not know keeps its English text. */
export function endpointSummary({ method, path, summary }: Endpoint): string {
  const text = currentCatalogue()?.endpoints[`${method} ${path}`] ?? summary;
  return text.replaceAll('`', '');
}
