import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith, type EmptyDatabase } from '#platform/testing';
import { filesIn, PROMETHEUS_FOLDER } from '../../architecture/alert-rules.js';
import { readRootFile } from '../../architecture/container-files.js';
import { hastenRules, PROMETHEUS, PrometheusServer } from '../../system/support/prometheus/index.js';
import { storeDatabase } from '../../system/support/store-database.js';
import { PATIENTS, type Sick } from './patients/index.js';

/** 5 minutes are 15 s, and the 15 s between two scrapes are 750 ms. */
const TIMES_FASTER = 20;
const INTERVAL = '750ms';
/** Four scrapes, as a rate needs some. */
const WINDOW_MIN_MS = 3_000;

const START_TIMEOUT_MS = 240_000;
/** The longest wait of a rule, and its window, with a busy machine's delays. */
const FIRING_TIMEOUT_MS = 150_000;

/** What the machine of the test does to everybody: judged only where it is the fault. */
const OF_THE_MACHINE = ['LatencyBudgetBurn', 'EventLoopDelayed'];

/** The repository's own rules, faster, for jobs whose names begin with `store`: one for each fault. */
const rules = filesIn(`${PROMETHEUS_FOLDER}/rules/*.yml`).map((file) =>
  hastenRules(readRootFile(file), TIMES_FASTER, WINDOW_MIN_MS).replaceAll(
    '"store|recommender"',
    '"store.*|recommender"',
  ),
);

describeWith(PROMETHEUS, 'the alerts, by a real Prometheus with the rules of the repository', () => {
  const over = new AbortController();
  const sick: Sick[] = [];
  const databases: EmptyDatabase[] = [];
  let suffering: Promise<unknown> = Promise.resolve();
  let prometheus: PrometheusServer;

  beforeAll(async () => {
    const [shared, own, other] = await Promise.all([storeDatabase(), storeDatabase(), storeDatabase()]);
    databases.push(shared, own, other);
    const targets: Record<string, string[]> = {};
    for (const { job, start } of PATIENTS) {
      const patient = await start({ shared, own, other });
      sick.push(patient);
      targets[job] = [patient.store.managementUrl];
    }
    prometheus = await PrometheusServer.start({ targets, rules, interval: INTERVAL });
    await prometheus.until(
      async () => ((await prometheus.query('sum(up)'))[0]?.value[1] === String(PATIENTS.length) ? true : null),
      'every store is scraped',
    );
    suffering = Promise.all(sick.map(({ suffer }) => suffer(over.signal)));
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    over.abort();
    await Promise.all(sick.map(({ store }) => store.stop()));
    await suffering;
    await Promise.all(sick.map(async ({ end }) => end?.()));
    await prometheus.stop();
    await Promise.all(databases.map((database) => database.drop()));
  }, START_TIMEOUT_MS);

  async function firingFor(job: string): Promise<readonly string[]> {
    const firing = (await prometheus.alerts()).filter(
      ({ state, labels }) => state === 'firing' && labels['job'] === job,
    );
    return [...new Set(firing.map(({ labels }) => labels['alertname'] ?? ''))].sort();
  }

  it.each(PATIENTS.filter(({ alerts }) => alerts.length > 0))(
    'fire for the $job: $alerts',
    async ({ job, alerts }) => {
      const allFire = async (): Promise<true | null> => {
        const firing = await firingFor(job);
        return alerts.every((alert) => firing.includes(alert)) ? true : null;
      };

      await expect(prometheus.until(allFire, `${alerts.join()} for ${job}`, FIRING_TIMEOUT_MS)).resolves.toBe(true);
    },
    FIRING_TIMEOUT_MS + 5_000,
  );

  it.each(PATIENTS)('no other one fires for the $job', async ({ job, alerts, mayAlso = [] }) => {
    const excused = [...OF_THE_MACHINE, ...mayAlso];
    const judged = (await firingFor(job)).filter((alert) => alerts.includes(alert) || !excused.includes(alert));

    expect(judged).toEqual([...alerts].sort());
  });

  it('fire for nobody that is not there', async () => {
    const jobs = new Set((await prometheus.alerts()).map(({ labels }) => labels['job']));

    expect([...jobs].filter((job) => !PATIENTS.some((patient) => patient.job === job))).toEqual([]);
  });
});
