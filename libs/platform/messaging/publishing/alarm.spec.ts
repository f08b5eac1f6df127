import { describe, expect, it } from '@jest/globals';
import { Alarm } from './alarm.js';

const FOR_EVER = 2 ** 31 - 1;

describe('Alarm', () => {
  it('ends a wait early', async () => {
    const alarm = new Alarm();
    const waiting = alarm.wait(FOR_EVER);
    alarm.ring();
    await waiting;
  });

  it('remembers that it rang while nobody waited, for one wait', async () => {
    const alarm = new Alarm();
    alarm.ring();
    await alarm.wait(FOR_EVER);
    let over = false;
    const second = alarm.wait(FOR_EVER).then(() => (over = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(over).toBe(false);
    alarm.ring();
    await second;
  });

  it('lets a wait end by itself', async () => {
    await new Alarm().wait(1);
  });
});
