import {
  DiscardPolicy,
  jetstreamManager,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { Injectable, Logger } from '@nestjs/common';
import { nanos } from '@nats-io/transport-node';
import type { BrokerLink } from '../connection/broker-link.js';
import { NatsSettings } from '../nats.settings.js';
import { asOneMaker } from './one-maker.js';
import { missingIn } from './stream-subjects.js';

const MS_PER_HOUR = 3_600_000;
/** Others may be adding theirs at the same moment: each round at least one of them succeeds. */
const ROUNDS_MAX = 8;
/** The name is taken, or the subjects are, by a stream that was not there a moment ago: the next round looks at it. */
const JUST_MADE = [10_058, 10_065];

/** The one stream of all events. What it is made of is found out as it is needed; nobody has to prepare the broker. */
@Injectable()
export class EventStream {
  private readonly logger = new Logger(EventStream.name);
  private known = new WeakMap<BrokerLink, Map<string, Promise<void>>>();
  private reported = '';

  constructor(private readonly settings: NatsSettings) {}

  get name(): string {
    return this.settings.stream;
  }

  manager({ client }: BrokerLink): Promise<JetStreamManager> {
    return jetstreamManager(client, { checkAPI: false, timeout: this.settings.publishTimeoutMs });
  }

  /**
   * The stream exists afterwards, and holds these subjects. Subjects are added to those that are there and never taken
   * away, and all other settings of an existing stream are left alone. Asked once for each link and set of subjects.
   * @throws whatever keeps it from being so
   */
  ensure(link: BrokerLink, subjects: readonly string[]): Promise<void> {
    const asked = this.known.get(link) ?? new Map<string, Promise<void>>();
    this.known.set(link, asked);
    const key = subjects.join(' ');
    const running = asked.get(key) ?? this.provision(link, subjects);
    asked.set(key, running);
    running.catch(() => asked.delete(key));
    return running;
  }

  /** The stream may be gone, or without a subject that it had: it is looked at again. */
  forget(): void {
    this.known = new WeakMap();
  }

  private async provision(link: BrokerLink, subjects: readonly string[]): Promise<void> {
    try {
      const manager = await this.manager(link);
      for (let round = 1; !(await this.extended(link, manager, subjects)); round += 1) {
        if (round >= ROUNDS_MAX) throw new Error(`the subjects ${subjects.join(', ')} were taken away again and again`);
      }
      this.reported = '';
    } catch (error) {
      this.report(error);
      throw error;
    }
  }

  /** One round; whether nothing was missing any more. */
  private async extended(
    { client }: BrokerLink,
    { streams }: JetStreamManager,
    subjects: readonly string[],
  ): Promise<boolean> {
    try {
      const { config } = await streams.info(this.name);
      const missing = missingIn(config.subjects, subjects);
      if (missing.length === 0) return true;
      await streams.update(this.name, { subjects: [...config.subjects, ...missing] });
    } catch (error) {
      if (!isApiError(error, JetStreamApiCodes.StreamNotFound)) throw error;
      await asOneMaker(client, `${this.name}.provision`, () => this.create(streams, subjects));
    }
    return false;
  }

  private async create(streams: JetStreamManager['streams'], subjects: readonly string[]): Promise<void> {
    try {
      await streams.add(this.configured(subjects));
      this.logger.log(`The stream ${this.name} is made.`);
    } catch (error) {
      const justMade = JUST_MADE.some((code) => isApiError(error, code)) && (await this.exists(streams));
      if (!justMade) throw error;
    }
  }

  private async exists(streams: JetStreamManager['streams']): Promise<boolean> {
    return streams.info(this.name).then(
      () => true,
      () => false,
    );
  }

  private configured(subjects: readonly string[]): Partial<StreamConfig> & { name: string } {
    const { streamReplicas, streamMaxAgeHours, streamMaxBytes, duplicateWindowSeconds } = this.settings;
    return {
      name: this.name,
      subjects: [...new Set(subjects)],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      num_replicas: streamReplicas,
      max_age: nanos(streamMaxAgeHours * MS_PER_HOUR),
      max_bytes: streamMaxBytes,
      duplicate_window: nanos(duplicateWindowSeconds * 1_000),
    };
  }

  /** Once for each reason: every event that waits would tell it again. */
  private report(error: unknown): void {
    const reason = error instanceof Error ? error.message : 'for an unknown reason';
    if (reason === this.reported) return;
    this.reported = reason;
    this.logger.warn(`The stream ${this.name} can't be made or extended: ${reason}`);
  }
}

export const isApiError = (error: unknown, code: number): boolean =>
  error instanceof JetStreamApiError && error.code === code;
