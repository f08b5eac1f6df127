// Kills the store at a moment that no signal from outside would meet. TEST_KILL says when: `before-commit`, with the
// COMMIT of an order not sent, or `after-commit`, when it has come back and nobody has been answered.
import pg from 'pg';

const { query } = pg.Client.prototype;
const placing = new WeakSet();
const die = () => process.kill(process.pid, 'SIGKILL');

pg.Client.prototype.query = function (statement, ...rest) {
  if (statement?.name === 'orders.add-orders') placing.add(this);
  if (statement !== 'COMMIT' || !placing.has(this)) return query.call(this, statement, ...rest);
  if (process.env.TEST_KILL === 'before-commit') die();
  return query.call(this, statement, ...rest).then(die);
};
