/**
 * Starts to record the time between the page's frames, and the main thread's tasks over 50 ms.
 * @param {import('playwright/test').Page} page
 */
export async function startFrames(page) {
  await page.evaluate(() => {
    const frames = [];
    const tasks = [];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((entry) => entry.duration)),
    );
    observer.observe({ type: 'longtask' });
    let last = performance.now();
    const tick = (now) => {
      frames.push(now - last);
      last = now;
      recording.next = requestAnimationFrame(tick);
    };
    const recording = { frames, tasks, observer, next: requestAnimationFrame(tick) };
    window.__recording = recording;
  });
}

/**
 * Stops the recording.
 * @returns {Promise<{ frames: number[], tasks: number[] }>} in milliseconds, without the first frame
 */
export function stopFrames(page) {
  return page.evaluate(() => {
    const { frames, tasks, observer, next } = window.__recording;
    cancelAnimationFrame(next);
    observer.disconnect();
    delete window.__recording;
    return { frames: frames.slice(1), tasks };
  });
}
