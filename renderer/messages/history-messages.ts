/** What the place History says. */
export const historyMessages = {
  history: {
    title: 'History',
  },
} as const;
