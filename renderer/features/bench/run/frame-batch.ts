type Schedule = (flush: () => void) => void;

/** A hidden window draws no frames; then a timer serves. */
const nextFrame: Schedule = (flush) => {
  if (document.hidden) setTimeout(flush, 100);
  else requestAnimationFrame(flush);
};

export interface FrameBatch {
  add(text: string): void;
  /** Hands over what is left at once; for the end of a stream. */
  flush(): void;
}

/** Gathers pieces of text and hands them on at most once a frame: a fast stream costs one render, not hundreds. */
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
