import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryOf, peakMemoryDuring } from './memory.js';

describe('the memory probe', () => {
  let server: Server;
  let managementUrl: string;
  let residentBytes: number;

  beforeEach(async () => {
    residentBytes = 100;
    server = createServer((_request, response) => {
      response.end(`process_resident_memory_bytes ${residentBytes}\nnodejs_heap_size_used_bytes 40\n`);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    managementUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => void server.close().closeAllConnections());

  /** A second one, because the first may have begun before. */
  const nextScrape = async (): Promise<void> => {
    await once(server, 'request');
    await once(server, 'request');
  };

  it('reads what a process uses from its metrics', async () => {
    expect(await memoryOf(managementUrl)).toEqual({ residentBytes: 100, heapUsedBytes: 40 });
  });

  it('keeps the most that was used while work was done', async () => {
    const peak = await peakMemoryDuring(managementUrl, async () => {
      residentBytes = 900;
      await nextScrape();
      residentBytes = 200;
      await nextScrape();
    });

    expect(peak).toEqual({ residentBytes: 900, heapUsedBytes: 40 });
  });
});
