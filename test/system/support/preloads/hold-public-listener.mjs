// Keeps the public port (PORT must name one) closed until SIGUSR2, and the service in its start meanwhile.
import { Server } from 'node:net';

const listen = Server.prototype.listen;
const heldPort = Number(process.env.PORT);

Server.prototype.listen = function (options, ...rest) {
  if (options?.port !== heldPort) return listen.call(this, options, ...rest);
  process.once('SIGUSR2', () => listen.call(this, options, ...rest));
  return this;
};
