// Preloaded into the store: what the product has no route for. On SIGUSR2 it computes for TEST_BLOCK_MS.
process.on('SIGUSR2', () => {
  const endsAtMs = performance.now() + Number(process.env.TEST_BLOCK_MS);
  while (performance.now() < endsAtMs);
});
