import { Injectable } from '@nestjs/common';
import { BackgroundWork } from '#platform/lifecycle';
import { UniqueClients } from './unique-clients.js';

/** How late a client appears in the counts of the other replicas, and what the end of a process may lose of them. */
const INTERVAL_MS = 1_000;

/** Hands on who was here, once a second, and for the last time at the end. */
@Injectable()
export class UniqueClientsHandOver extends BackgroundWork {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly clients: UniqueClients) {
    super();
  }

  override start(): void {
    this.timer = setInterval(() => void this.clients.handOn(), INTERVAL_MS).unref();
  }

  override async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.clients.handOn();
  }
}
