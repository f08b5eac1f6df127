import { RedisScript } from '#platform/redis';

/** What Redis does in one step. Values lie there as JSON of an object, as the library keeps them. */

/** KEYS: where the value lies. ARGV: the value, the same as it lies there, and the milliseconds from now. */
export const PROLONG_SCRIPT = new RedisScript(`
local kept = redis.call('GET', KEYS[1])
local isJson, entry = pcall(cjson.decode, kept or '')
if not isJson or type(entry) ~= 'table' or entry.value ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`);

/**
 * For a change that begins, and for one that ends. KEYS: the generation, and its holders, a sorted set by the times at
 * which they end by themselves. ARGV: the holder, the mark, and the milliseconds that it holds at most. These times are
 * Redis's own; a replica's clock tells when a value that it reads is over, and costs misses at worst.
 */
const NOW = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)`;

export const HOLD_SCRIPT = new RedisScript(`${NOW}
redis.call('ZADD', KEYS[2], nowMs + ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])`);

/** The mark is written anew where others hold it: it may have been lost, and something been kept since. */
export const RELEASE_SCRIPT = new RedisScript(`${NOW}
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', nowMs)
local heldMs = redis.call('PTTL', KEYS[2])
if heldMs > 0 then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', heldMs)
else
  redis.call('DEL', KEYS[1])
end`);
