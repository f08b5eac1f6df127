import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { behindEach, HAPROXY, Replicas, Traffic, type LoggedRequest, type Slot } from '../support/replicas/index.js';

const CLIENTS = 12;
const TIMEOUT_MS = 90_000;
/** What both balancers wait for an answer: `timeout server`, `proxy_read_timeout`. */
const READ_TIMEOUT_MS = 10_000;
/** `fail_timeout` of nginx: after that long, one request tries again. HAProxy sends none. */
const NGINX_TRIES_AGAIN_AFTER_MS = 5_000;
/** nginx asks a second replica then, for what may be asked twice. */
const SECOND_ANSWER_MS = 2_000;

behindEach('a replica that hangs, under load', (kind) => {
  let replicas: Replicas;
  let traffic: Traffic;
  /** When it was stopped, and when the balancer had found out. */
  let stoppedAtMs: number;
  let leftAtMs: number;
  let endedAtMs: number;
  /** What was asked of it, and waited for as long as the balancer does. */
  let hung: readonly LoggedRequest[];

  beforeAll(async () => {
    replicas = await Replicas.behind(kind);
    traffic = await Traffic.of(CLIENTS, replicas.url);
    await traffic.answered(100);
    const [hanging] = replicas.slots as [Slot];
    stoppedAtMs = performance.now();
    replicas.at(hanging).signal('SIGSTOP');
    await replicas.balancer.hasLeft(hanging);
    leftAtMs = performance.now();
    await traffic.answered(100);
    endedAtMs = performance.now();
    await traffic.stop();
    replicas.at(hanging).signal('SIGCONT');
    await replicas.balancer.sendsTo(hanging); // it is found again
    hung = traffic.log.filter((request) => tookMs(request) > READ_TIMEOUT_MS - SLACK_MS);
  }, TIMEOUT_MS);
  afterAll(() => replicas.close());

  it('keeps one request of each client waiting at most, for a time that is known', () => {
    expect(hung.length).toBeGreaterThan(0);
    expect(hung.length).toBeLessThanOrEqual(CLIENTS);
    for (const request of hung) expect(tookMs(request)).toBeLessThan(READ_TIMEOUT_MS + SECOND_ANSWER_MS + SLACK_MS);
  });

  it('fails no other', () => {
    const { failures } = traffic;

    expect(failures.filter((failure) => !hung.includes(failure) || failure.status !== 504)).toEqual([]);
  });

  if (kind === HAPROXY) {
    it('is left within seconds, because it does not say that it is ready', () => {
      expect(leftAtMs - stoppedAtMs).toBeLessThan(READ_TIMEOUT_MS / 2 + SLACK_MS);
    });
  } else {
    it('is left when the first answer has not come, and another replica is asked what may be asked twice', () => {
      expect(traffic.failures.filter(({ method }) => method === 'GET')).toEqual([]);
    });
  }

  it('is asked nothing while it is left', () => {
    const late = hung.filter(({ startedAtMs }) => startedAtMs > leftAtMs);
    const allowed = kind === HAPROXY ? 0 : Math.floor((endedAtMs - leftAtMs) / NGINX_TRIES_AGAIN_AFTER_MS);

    expect(late.length).toBeLessThanOrEqual(allowed);
  });

  it('does no write twice that is repeated with its key, though it may have woken up and found it; none is lost', async () => {
    const repeated = await traffic.repeatFailedWrites();

    expect(repeated.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await traffic.added()).toBe(traffic.toAdd);
  });
});

const tookMs = ({ startedAtMs, endedAtMs }: LoggedRequest): number => endedAtMs - startedAtMs;
