export { Consumes, EventConsumer } from './consuming/consumes.decorator.js';
export { Inbox } from './consuming/inbox.js';
export type { CloudEvent } from './event/cloud-event.js';
export { EventUnreadable } from './event/event-unreadable.js';
export { readEventData } from './event/read-event-data.js';
export { MessagingModule } from './messaging.module.js';
export { MessagingSettings } from './messaging.settings.js';
export { OutboxOperator } from './operator/outbox-operator.js';
