/** The code editor and its comparison of two texts. */
export const editorMessages = {
  editor: {
    tabHelp: (keys: string) => `Tab leaves the editor. ${keys} lets Tab indent.`,
    problems: 'Problems',
    line: (line: number) => `Line ${line}`,
  },
};
