/** Says where it listens, in the words of the store's own line. */
export function listening(server) {
  const { address, port } = server.address();
  process.stdout.write(`${JSON.stringify({ msg: 'listening', url: `http://${address}:${port}` })}\n`);
}
