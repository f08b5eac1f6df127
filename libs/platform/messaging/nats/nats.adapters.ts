// What imports the broker's client by its values, and nothing else does: it is loaded where a broker is configured.
export { JetStreamConsumers } from './consuming/jetstream-consumers.js';
export { JetStreamPublisher } from './publishing/jetstream-publisher.js';
export { EventStream } from './stream/event-stream.js';
