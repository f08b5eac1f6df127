/**
 * Preloaded into the server that is profiled: told over descriptor 3, it begins and ends a profile, so that neither its start
 * nor its warm-up is in it. The profile goes to the file that BENCH_PROFILE names.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { Socket } from 'node:net';

/** Between two samples, in microseconds: fine enough for functions of a microsecond, with some ten thousand requests. */
const INTERVAL = 200;

const session = new Session();

async function begin() {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
  await session.post('Profiler.start');
}

async function end() {
  const { profile } = await session.post('Profiler.stop');
  writeFileSync(process.env.BENCH_PROFILE, JSON.stringify(profile));
  session.disconnect();
}

const channel = new Socket({ fd: 3 });
channel.unref();
channel.on('data', (word) => {
  const work = word.toString() === 'begin\n' ? begin : end;
  void work().then(() => channel.write('done\n'));
});
channel.on('error', () => undefined); // whoever asked has gone
