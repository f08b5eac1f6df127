/** `messaging.system` in traces: JetStream's registered name is that of its protocol. */
export const MESSAGING_SYSTEM = 'nats';
