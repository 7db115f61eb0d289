// Loaded into a measured process (`node --expose-gc --import`): on SIGUSR2, it collects garbage and prints the memory usage.
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  setTimeout(() => {
    globalThis.gc?.();
    console.error(`settled ${JSON.stringify(process.memoryUsage())}`);
  }, 300);
});
