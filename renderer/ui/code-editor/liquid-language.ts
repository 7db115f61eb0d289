import type { StreamParser } from '@codemirror/language';
import { StreamLanguage } from '@codemirror/language';

interface State {
  /** The kind of brackets around the current position. */
  inside: 'text' | 'output' | 'tag' | 'comment';
  /** The next word is the tag's name. */
  atName: boolean;
}

const ends = { output: '}}', tag: '%}' } as const;

const pieces: readonly (readonly [RegExp, string | null])[] = [
  [/^"[^"]*"?|^'[^']*'?/, 'string'],
  [/^-?\d+(\.\d+)?/, 'number'],
  [/^(true|false|nil|null|empty|blank)\b/, 'atom'],
  [/^(and|or|contains|in|not)\b/, 'keyword'],
  [/^[\w-]+(?=:)/, 'propertyName'],
  [/^[A-Za-z_][\w-]*/, 'variableName'],
  [/^(\||==|!=|<=|>=|<|>|=)/, 'operator'],
  [/^\s+|^./, null],
];

const liquid: StreamParser<State> = {
  name: 'liquid',
  startState: () => ({ inside: 'text', atName: false }),
  token(stream, state) {
    if (state.inside === 'comment') {
      if (stream.match(/^\{%-?\s*endcomment\s*-?%\}/)) state.inside = 'text';
      else if (!stream.skipTo('{%') || stream.pos === stream.start) stream.next();
      return 'comment';
    }
    if (state.inside === 'text') {
      if (stream.match(/^\{%-?\s*comment\s*-?%\}/)) {
        state.inside = 'comment';
        return 'comment';
      }
      const open = stream.match(/^\{([{%])-?/) as RegExpMatchArray | null;
      if (!open) {
        stream.next();
        stream.eatWhile((char: string) => char !== '{');
        return null;
      }
      state.inside = open[1] === '%' ? 'tag' : 'output';
      state.atName = state.inside === 'tag';
      return 'meta';
    }
    if (stream.match(`-${ends[state.inside]}`) || stream.match(ends[state.inside])) {
      state.inside = 'text';
      return 'meta';
    }
    if (state.atName && stream.match(/^[a-z]+/)) {
      state.atName = false;
      return 'keyword';
    }
    for (const [pattern, style] of pieces) if (stream.match(pattern)) return style;
    stream.next();
    return null;
  },
};

/** Prompt pack templates: tags and outputs are highlighted, the text around them is plain. */
export const liquidLanguage = StreamLanguage.define(liquid);
