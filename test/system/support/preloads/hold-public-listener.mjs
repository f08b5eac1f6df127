// Keeps the public port (PORT must name one) closed until SIGUSR2, and the service in its start meanwhile.
import { Server } from 'node:net';

const listen = Server.prototype.listen;
const heldPort = Number(process.env.PORT);
const waiting = [];
let open = false;

// The signal may come before the service has got as far.
process.on('SIGUSR2', () => {
  open = true;
  for (const goOn of waiting.splice(0)) goOn();
});

Server.prototype.listen = function (options, ...rest) {
  const now = () => listen.call(this, options, ...rest);
  if (options?.port !== heldPort || open) return now();
  waiting.push(now);
  return this;
};
