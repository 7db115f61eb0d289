/** What the place Server says. */
export const serverMessages = {
  server: {
    title: 'Server',
  },
} as const;
