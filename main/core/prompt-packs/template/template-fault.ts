/** A position in a text, from 1. */
export interface TextPlace {
  line: number;
  column: number;
}

/** Why a template cannot be used, and where. */
export class TemplateFault extends Error {
  readonly place: TextPlace | undefined;

  constructor(message: string, location?: TextPlace) {
    super(message);
    this.place = location;
  }
}

/** Liquid's errors contain the token that they concern. */
function locationOf(error: unknown): TextPlace | undefined {
  const { token } = error as { token?: { getPosition?(): number[] } };
  const [line, column] = token?.getPosition?.() ?? [];
  return line === undefined || column === undefined ? undefined : { line, column };
}

/** Runs a Liquid operation; any error becomes a fault with its position. */
export function withPlace<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateFault) throw error;
    throw new TemplateFault(error instanceof Error ? error.message : String(error), locationOf(error));
  }
}
