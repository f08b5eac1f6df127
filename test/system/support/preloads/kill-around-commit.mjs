// Kills the store at a moment that no signal from outside would meet. TEST_KILL says when: `before-commit`, with the
// COMMIT of an order not sent, or `after-commit`, when it has come back and nobody has been answered.
import pg from 'pg';

const { query } = pg.Client.prototype;
const placing = new WeakSet();
const die = () => process.kill(process.pid, 'SIGKILL');

pg.Client.prototype.query = function (asked, ...rest) {
  const statement = asked?.statement ?? asked; // within a query of the platform's own
  if (statement?.name === 'orders.add-orders') placing.add(this);
  const commits = statement === 'COMMIT' || asked?.closing?.text === 'COMMIT';
  if (!commits || !placing.has(this)) return query.call(this, asked, ...rest);
  if (process.env.TEST_KILL === 'before-commit') die();
  if (asked === 'COMMIT') return query.call(this, asked, ...rest).then(die);
  asked.callback = die;
  return query.call(this, asked, ...rest);
};
