import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from '#platform/validation';
import type { CloudEvent } from './cloud-event.js';
import { EventUnreadable } from './event-unreadable.js';

/** Faults that are named; more would say nothing more. */
const FAULTS_NAMED_MAX = 5;

/**
 * The data of an event as an instance of a class whose fields class-validator checks. Fields that the class lacks are
 * dropped: whoever tells the event may add some within its version.
 * @throws EventUnreadable that names the fields which are wrong, and none of their values
 */
export function readEventData<Data extends object>(type: new () => Data, { data }: CloudEvent): Data {
  const instance = plainToInstance(type, data);
  const faults = validateSync(instance, { whitelist: true, forbidUnknownValues: true });
  if (faults.length > 0) throw new EventUnreadable(`wrong in data: ${namesOf(faults).join(', ')}`);
  return instance;
}

function namesOf(faults: readonly ValidationError[], parent = ''): string[] {
  return faults
    .flatMap(({ property, children = [] }) => {
      const path = `${parent}${property}`;
      return children.length > 0 ? namesOf(children, `${path}.`) : [path];
    })
    .slice(0, FAULTS_NAMED_MAX);
}
