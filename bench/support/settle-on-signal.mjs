// Loaded into a measured process (`node --expose-gc --import`): SIGUSR2 collects garbage and tells what is left.
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  setTimeout(() => {
    globalThis.gc?.();
    console.error(`settled ${JSON.stringify(process.memoryUsage())}`);
  }, 300);
});
