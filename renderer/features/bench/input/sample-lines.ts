/** One line per module that shows what it is for; written for this panel. */
const lines = {
  translate: 'Translate into English: 「もう少しだけ、ここにいてもいい？」',
  vn_chat: 'The rain has not let up since noon. Do you want to wait here until it stops?',
  narrator: 'Describe the classroom after everyone has left, in two sentences, from the window’s side.',
  worldbuild: 'A harbour town that trades in bottled weather. Who profits, who is afraid?',
  battle_narration: 'Aoi blocks the last blow with a broken umbrella, and the bridge gives way under both.',
  persona: 'You left without saying goodbye. Tell me why, and do not apologise.',
  pov_rewrite: 'Retell from Ren’s point of view: Mio closed the letter and smiled at no one.',
} as const;

/** The initial input of a module (or of none). */
export function sampleLine(key: string): string {
  return lines[key as keyof typeof lines] ?? 'Say in one sentence what a visual novel is.';
}
