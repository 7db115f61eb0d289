/** The code editor and its comparison of two texts. */
export const editorMessages = {
  editor: {
    tabHelp: 'Tab leaves the editor. Ctrl+M lets Tab indent.',
    problems: 'Problems',
    line: (line: number) => `Line ${line}`,
  },
};
