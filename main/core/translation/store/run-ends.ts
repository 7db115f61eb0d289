import type { CodedText, TextDetail } from '../../../../contract/coded-texts.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';

type RunEnd = CodedText<'run_end'>;

export const programClosedEnd: RunEnd = codedText('run_end', 'program_closed', {}, 'the program was closed');
export const processEndedEnd: RunEnd = codedText(
  'run_end',
  'process_ended',
  {},
  'the process that ran it ended',
);
export const projectRemovedEnd: RunEnd = codedText(
  'run_end',
  'project_removed',
  {},
  'the project was removed',
);

const ends = [programClosedEnd, processEndedEnd, projectRemovedEnd];

/** The code of a stored reason; undefined if the reason is the message of an error, whose code is stored beside it. */
export function runEndDetail(reason: string | null): TextDetail | undefined {
  const end = ends.find(({ message }) => message === reason);
  return end && detailOf(end);
}
