import { Injectable } from '@nestjs/common';
import { EventDelivery } from '../consuming/event-delivery.js';
import { ParkedEvents, type ParkedEvent } from '../consuming/parked-events.js';
import { Subscriptions } from '../consuming/subscriptions.js';
import { parseCloudEvent } from '../event/parse-cloud-event.js';
import { failureReason } from '../failure-reason.js';
import { OutboxArchive, type OutboxListing, type OutboxRecord } from '../outbox/outbox-archive.js';
import { OperatorRefusal } from './operator-refusal.js';
import { LIMIT_MAX, outboxRequestOf, type EventReference } from './outbox-request.js';

type Print = (line: string) => void;

/** Carries out what an operator asks of the outbox, and of what consumers have parked. */
@Injectable()
export class OutboxOperator {
  constructor(
    private readonly archive: OutboxArchive,
    private readonly parkedEvents: ParkedEvents,
    private readonly subscriptions: Subscriptions,
    private readonly delivery: EventDelivery,
  ) {}

  /**
   * @param print takes one line for each thing found or done
   * @throws OperatorRefusal when the words make no sense, or not all of it could be done
   */
  async run(words: readonly string[], print: Print): Promise<void> {
    const request = outboxRequestOf(words);
    if (request.do === 'list') return this.list(request.listing, print);
    if (request.do === 'replay-parked') return this.replayParked(print);
    if (request.do === 'replay') return this.replay(request.events, print);
    if (request.do === 'drop') return this.drop(request.events, print);
    const replayed = await this.archive.replaySent(request.selection);
    print(`${counted(replayed)} will be sent again`);
  }

  private async list(listing: OutboxListing, print: Print): Promise<void> {
    const records = await this.archive.list(listing);
    const withParked = listing.condition === undefined || listing.condition === 'parked';
    const parked = withParked && !listing.type && !listing.since ? await this.parkedEvents.list(listing.limit) : [];
    for (const record of records) print(lineOf(record));
    for (const event of parked) print(lineOfParked(event));
    if (records.length === listing.limit) print(`... at most ${listing.limit} are shown: see --limit`);
    if (records.length + parked.length === 0) print('none');
  }

  private async replayParked(print: Print): Promise<void> {
    print(`${counted(await this.archive.replayParked())} of the outbox will be sent again`);
    await this.redeliver(await this.parkedEvents.list(LIMIT_MAX), print);
  }

  private async replay(events: readonly EventReference[], print: Print): Promise<void> {
    const ids = events.filter(({ consumer }) => consumer === null).map(({ id }) => id);
    const replayed = ids.length === 0 ? 0 : await this.archive.replay(ids);
    if (ids.length > 0) print(`${counted(replayed)} of the outbox will be sent again`);
    await this.redeliver(await this.parkedAmong(events), print);
    if (replayed < ids.length) throw new OperatorRefusal(`${ids.length - replayed} of them are pending, or not there`);
  }

  private async drop(events: readonly EventReference[], print: Print): Promise<void> {
    const ids = events.filter(({ consumer }) => consumer === null).map(({ id }) => id);
    const dropped = ids.length === 0 ? 0 : await this.archive.drop(ids);
    const parked = await this.parkedAmong(events);
    for (const { consumer, eventId } of parked) await this.parkedEvents.remove(consumer, eventId);
    print(`${counted(dropped + parked.length)} dropped`);
    if (dropped < ids.length)
      throw new OperatorRefusal('what is not parked is not dropped: it has been told, or will be');
  }

  /** @throws OperatorRefusal when one of them is not there */
  private async parkedAmong(events: readonly EventReference[]): Promise<ParkedEvent[]> {
    const found: ParkedEvent[] = [];
    for (const { consumer, id } of events) {
      if (consumer === null) continue;
      const event = await this.parkedEvents.find(consumer, id);
      if (!event) throw new OperatorRefusal(`${consumer} has parked no ${id}`);
      found.push(event);
    }
    return found;
  }

  /** In this process, so that the operator sees at once whether it goes well now. */
  private async redeliver(events: readonly ParkedEvent[], print: Print): Promise<void> {
    let failures = 0;
    for (const event of events) {
      const outcome = await this.deliver(event).catch((error: unknown) => {
        failures += 1;
        return failureReason(error);
      });
      print(`${event.consumer}/${event.eventId}: ${outcome}`);
    }
    if (failures > 0) throw new OperatorRefusal(`${counted(failures)} failed again, still parked`);
  }

  private async deliver({ consumer, eventId, envelope }: ParkedEvent): Promise<string> {
    const subscription = this.subscriptions.all.find((each) => each.consumer === consumer);
    if (!subscription) throw new OperatorRefusal(`this service has no consumer ${consumer}`);
    const result = await this.delivery.deliver(subscription, parseCloudEvent(envelope));
    await this.parkedEvents.remove(consumer, eventId);
    return result;
  }
}

const counted = (count: number): string => `${count} ${count === 1 ? 'event' : 'events'}`;

function lineOf({ condition, type, id, subject, occurredAt, tries, lastFailure }: OutboxRecord): string {
  const failure = lastFailure === null ? '' : `  ${tries} tries, ${lastFailure}`;
  return `${condition.padEnd(8)}${type}  ${id}  of ${subject}  ${occurredAt.toISOString()}${failure}`;
}

const lineOfParked = ({ consumer, eventId, type, parkedAt, reason }: ParkedEvent): string =>
  `parked  ${type}  ${consumer}/${eventId}  ${parkedAt.toISOString()}  ${reason}`;
