import { describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { untilAborted } from './until-aborted.js';

const listenersOf = ({ signal }: AbortController) => getEventListeners(signal, 'abort').length;

describe('work until it is aborted', () => {
  it('gives what the work gives, and takes its listener along', async () => {
    const controller = new AbortController();
    await expect(untilAborted(controller.signal, async () => 7)).resolves.toBe(7);
    expect(listenersOf(controller)).toBe(0);
  });

  it('leaves work that hangs, with the reason of the signal', async () => {
    const controller = new AbortController();
    const left = untilAborted(controller.signal, () => new Promise(() => undefined));
    controller.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    expect(listenersOf(controller)).toBe(0);
  });

  it('prefers the reason to the error that the work makes of it', async () => {
    const controller = new AbortController();
    const work = (signal: AbortSignal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('socket closed'))));
    const left = untilAborted(controller.signal, work);
    controller.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
  });

  it('survives work that aborts its own signal and throws in one breath', async () => {
    const controller = new AbortController();
    const work = () => {
      controller.abort(new Error('enough'));
      throw new Error('socket closed');
    };
    await expect(untilAborted(controller.signal, work)).rejects.toThrow('enough');
  });

  it('does not begin when it is too late', async () => {
    let begun = false;
    const work = async () => void (begun = true);
    await expect(untilAborted(AbortSignal.abort(new Error('enough')), work)).rejects.toThrow('enough');
    expect(begun).toBe(false);
  });
});
