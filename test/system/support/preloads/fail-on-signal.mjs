// Plants faults that no catch in the product sees: SIGUSR2 rejects a promise that nobody holds, SIGWINCH throws.
// What PLANTED_DETAIL holds is in both messages, as a driver's has the URL that it could not connect to.
const detail = process.env.PLANTED_DETAIL ? `: ${process.env.PLANTED_DETAIL}` : '';
const fault = () => new Error(`a planted fault${detail}`, { cause: new TypeError(`the planted cause${detail}`) });

process.on('SIGUSR2', () => {
  void Promise.reject(fault());
});
process.on('SIGWINCH', () => {
  throw fault();
});
