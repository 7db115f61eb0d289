import type {
  CodedText,
  NoticeDetail,
  TextCode,
  TextKind,
  TextValues,
} from '../../../contract/coded-texts.ts';

/** A text for the panel; `values` are what its English message contains. */
export function codedText<K extends TextKind, C extends TextCode<K>>(
  _kind: K,
  code: C,
  values: TextValues<K, C>,
  message: string,
): CodedText<K> {
  return { code, message, values } as CodedText<K>;
}

/** The text without its English message, for the field beside it. */
export function detailOf({ code, values, problem_details: parts }: NoticeDetail): NoticeDetail {
  return { code, values, ...(parts?.length ? { problem_details: parts } : {}) };
}
