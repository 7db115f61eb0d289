/** What the place PromptPacks says. */
export const promptPacksMessages = {
  promptPacks: {
    title: 'Prompt packs',
  },
} as const;
