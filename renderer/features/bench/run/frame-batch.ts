type Schedule = (flush: () => void) => void;

/** A hidden window draws no frames, so a timer is used. */
const nextFrame: Schedule = (flush) => {
  if (document.hidden) setTimeout(flush, 100);
  else requestAnimationFrame(flush);
};

export interface FrameBatch {
  add(text: string): void;
  /** Passes on the remaining text at once; for the end of a stream. */
  flush(): void;
}

/**
 * Collects pieces of text and passes them on at most once per frame: a fast stream causes one render, not
 * hundreds.
 */
export function createFrameBatch(onText: (text: string) => void, schedule: Schedule = nextFrame): FrameBatch {
  let waiting = '';
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    onText(text);
  }

  return {
    add(text) {
      waiting += text;
      if (scheduled) return;
      scheduled = true;
      schedule(flush);
    },
    flush,
  };
}
