import { postgresAccount } from '../embedded-postgres/account.ts';
import { ephemeralParent, makeEphemeralFolder } from '../embedded-postgres/ephemeral.ts';
import type { Progress } from '../start/progress.ts';
import { receiveAlerts, type AlertReceiver } from './alert-receiver.ts';
import { Cleanup } from './cleanup.ts';
import { issuerFor, type Issuer } from './issuer.ts';
import { modelOf, type Model } from './model.ts';
import { Ordered } from './ordered.ts';
import type { Output } from './output.ts';
import { type Places, placesOf } from './places.ts';
import { programFor, refuseMissing } from './programs.ts';
import { drawSecrets } from './secrets.ts';
import { rewritesFor } from './special-files.ts';
import type { Stage } from './start-service.ts';
import { startIn } from './start-in.ts';

export interface SystemOptions {
  readonly checkout: string;
  /** Of whoever starts it: `PORT`, the issuer, and what `${…}` in docker-compose.yml stands for. */
  readonly env: NodeJS.ProcessEnv;
  readonly output: Output;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** The composed system as processes of this machine. */
export interface System {
  readonly model: Model;
  readonly places: Places;
  readonly issuer: Issuer;
  readonly alerts: AlertReceiver;
  /** Aborted, with the reason, when something ended by itself. */
  readonly failure: AbortSignal;
  /** Starts all of it, in order. */
  start(): Promise<void>;
  /** Ends all of it, the other way round, and leaves nothing. */
  stop(): Promise<void>;
  /** Ends all of it now; {@link stop} is still to be called. */
  kill(): void;
}

/**
 * Sees that the system can be started, and prepares it. Nothing runs yet but the issuer and who hears of alerts.
 * @throws Refusal for a port that is taken, or a program that is missing
 */
export async function prepareSystem(options: SystemOptions): Promise<System> {
  const model = await modelOf(options.checkout);
  await refuseMissing(Object.values(model.services).flatMap(({ image = '' }) => programFor(image) ?? []));
  const places = await placesOf(model, options.env);
  const cleanup = new Cleanup();
  try {
    return await prepared(model, places, cleanup, options);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function prepared(model: Model, places: Places, cleanup: Cleanup, options: SystemOptions): Promise<System> {
  const { checkout, env, output, signal } = options;
  const account = await postgresAccount();
  // Of a run that was killed, the next start of an ephemeral Postgres sweeps it away, with its secrets.
  const folder = cleanup.keep(await makeEphemeralFolder(await ephemeralParent(account)), (made) => made.remove());
  const alerts = cleanup.keep(await receiveAlerts((line) => output.line('alert', line)), (made) => made.close());
  const issuer = cleanup.keep(await issuerFor(checkout, env), (made) => made.close());
  const secrets = await drawSecrets(checkout, folder.path, signal);
  for (const kind of ['page', 'ticket'] as const) secrets.set(`alert_${kind}_webhook_url`, alerts.addressOf(kind));
  // No collector is here; somebody's own may be.
  const variables = { ...env, ...issuer.env, OTEL_EXPORTER_OTLP_ENDPOINT: env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '' };
  const { composeFile } = model;
  const stage: Stage = {
    checkout,
    composeFile,
    places,
    secrets,
    output,
    variables,
    rewrites: rewritesFor(model, places),
  };
  const ordered = new Ordered(
    needsOf(model),
    startIn({ ...stage, model, account, folder: folder.path, progress: options.progress }),
  );
  return {
    model,
    places,
    issuer,
    alerts,
    failure: ordered.failure,
    start: () => ordered.start(signal),
    stop: () => ordered.stop().finally(() => cleanup.run()),
    kill: () => ordered.kill(),
  };
}

const needsOf = ({ services }: Model): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(services).map(([name, { depends_on = {} }]) => [name, Object.keys(depends_on)]));
