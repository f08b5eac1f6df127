import { COMMAND_MS } from '../bounds.js';
import type { Admin, SharedShop } from './shared-shop.js';

/** What can be wrong with Redis, for as long as it lasts. */
export interface RedisFault {
  readonly what: string;
  /** Whether commands fail that ask what is there: then the circuit opens, and reads go past the cache. */
  readonly closesTheWay: boolean;
  /** Whether each request waits as long as it may, for as long as the fault lasts: no command fails by itself. */
  readonly wearsOut?: boolean;
  readonly begin: (shop: SharedShop) => Promise<unknown>;
  readonly end: (shop: SharedShop) => Promise<unknown>;
}

const AGAIN_MS = 100;
/** Longer than the circuit takes to open. */
const HELD_UP_MS = 15_000;
/** Nothing listens there. */
const NOWHERE = ['127.0.0.1', '1'] as const;
const GARBAGE = ['not { json', '{"value":{"generation":7}}', '[]', 'null', '"\u0000"', ''];

const nothing = (): Promise<void> => Promise.resolve();
const eachProxy =
  (act: (proxy: SharedShop['proxies'][number]) => unknown) =>
  async ({ proxies }: SharedShop): Promise<void> =>
    void (await Promise.all(proxies.map(act)));
const command =
  (...words: readonly string[]) =>
  (shop: SharedShop): Promise<unknown> =>
    shop.tell((admin) => admin.sendCommand(words));

/** Does something over and over, from the beginning of the fault to its end. */
function repeated(act: (admin: Admin) => Promise<unknown>): Pick<RedisFault, 'begin' | 'end'> {
  let timer: NodeJS.Timeout;
  let last: Promise<unknown> = Promise.resolve();
  return {
    begin: async (shop) => {
      await shop.tell(act);
      timer = setInterval(() => void (last = last.then(() => shop.tell(act))), AGAIN_MS);
    },
    end: async () => {
      clearInterval(timer);
      await last;
    },
  };
}

/** Puts something foreign in the place of each key. */
const clobbered = (put: (admin: Admin, key: string, place: number) => Promise<unknown>) =>
  repeated(async (admin) => {
    const keys: string[] = [];
    for await (const found of admin.scanIterator({ MATCH: 'mainstay:*', COUNT: 1_000 })) keys.push(...found);
    await Promise.all(keys.map((key, place) => put(admin, key, place)));
  });

/** What is still there answers; nobody hears of the others' changes. */
export const READ_ONLY: RedisFault = {
  what: 'is read-only',
  closesTheWay: false,
  begin: command('REPLICAOF', ...NOWHERE),
  end: command('REPLICAOF', 'NO', 'ONE'),
};

export const FAULTS: readonly RedisFault[] = [
  {
    what: 'refuses connections',
    closesTheWay: true,
    begin: eachProxy((proxy) => proxy.down()),
    end: eachProxy((proxy) => proxy.up()),
  },
  {
    what: 'is stopped',
    closesTheWay: true,
    begin: async ({ redis }) => redis.pause(),
    end: async ({ redis }) => redis.resume(),
  },
  {
    what: 'is in a black hole',
    closesTheWay: true,
    begin: eachProxy((proxy) => proxy.blackHole()),
    end: eachProxy((proxy) => proxy.heal()),
  },
  {
    what: 'is slower than the time-out',
    closesTheWay: true,
    begin: eachProxy((proxy) => proxy.latency(COMMAND_MS)),
    end: eachProxy((proxy) => proxy.heal()),
  },
  {
    what: 'is slow, and yet in time',
    closesTheWay: false,
    wearsOut: true,
    begin: eachProxy((proxy) => proxy.latency(0.3 * COMMAND_MS)),
    end: eachProxy((proxy) => proxy.heal()),
  },
  {
    what: 'holds all commands up',
    closesTheWay: true,
    begin: command('CLIENT', 'PAUSE', String(HELD_UP_MS), 'ALL'),
    end: command('PING'), // nobody can end it: that would be a command
  },
  {
    what: 'has ended, and is started again',
    closesTheWay: true,
    begin: ({ redis }) => redis.stop(),
    end: ({ redis }) => redis.restart(),
  },
  {
    what: 'is restarted in the middle of it all',
    closesTheWay: false,
    begin: async ({ redis }) => {
      await redis.stop();
      await redis.restart();
    },
    end: nothing,
  },
  {
    what: 'resets its connections',
    closesTheWay: false,
    begin: async ({ proxies }) => proxies.forEach((proxy) => proxy.reset()),
    end: nothing,
  },
  {
    what: 'is emptied over and over',
    closesTheWay: false,
    ...repeated((admin) => admin.flushAll()),
  },
  {
    what: 'is full',
    closesTheWay: false,
    begin: command('CONFIG', 'SET', 'maxmemory', '1'),
    end: command('CONFIG', 'SET', 'maxmemory', '0'),
  },
  READ_ONLY,
  {
    what: 'has lists where values and generations were',
    closesTheWay: false,
    ...clobbered(async (admin, key) => {
      await admin.multi().del(key).lPush(key, 'item').exec();
    }),
  },
  {
    what: 'has garbage where values and generations were',
    closesTheWay: false,
    ...clobbered((admin, key, place) => admin.set(key, GARBAGE[place % GARBAGE.length] ?? '')),
  },
];
