/** What the place Modules says. */
export const modulesMessages = {
  modules: {
    title: 'Modules',
  },
} as const;
