// Plants faults that no catch in the product sees: SIGUSR2 rejects a promise that nobody holds, SIGWINCH throws.
const fault = () => new Error('a planted fault', { cause: new TypeError('the planted cause') });

process.on('SIGUSR2', () => {
  void Promise.reject(fault());
});
process.on('SIGWINCH', () => {
  throw fault();
});
