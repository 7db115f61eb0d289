import { liveMessages } from '../i18n/live-messages.ts';

/** The code editor and its comparison of two texts. */
export const editorMessages = liveMessages('editor', {
  editor: {
    tabHelp: (keys: string) => `Tab leaves the editor. ${keys} lets Tab indent.`,
    problems: 'Problems',
    line: (line: number) => `Line ${line}`,
  },
});
