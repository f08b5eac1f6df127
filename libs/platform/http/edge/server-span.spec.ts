import type { IncomingMessage } from 'node:http';
import { expect, it } from '@jest/globals';
import { beginServerSpan } from './server-span.js';

it('reads nothing while tracing is off', () => {
  const headers = {
    get traceparent(): string {
      throw new Error('nobody asks');
    },
  };

  expect(beginServerSpan({ headers } as unknown as IncomingMessage)).toBeUndefined();
});
