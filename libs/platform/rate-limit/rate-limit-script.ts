/**
 * One request under the limits of one caller: the same as the store in memory does, in one go, and in Redis' own time.
 * A window is a key that holds its count and lives as long as it. A key that can't be one (another type, no number, no end,
 * or an end that lies too far ahead) is overwritten by a new window: whatever made it, no caller is locked out for ever.
 *
 * KEYS: a limit each. ARGV: what the request costs (1, or 0 to only ask), then max and length in ms of each limit.
 * It answers for each limit, up to the one that refuses: how many are left, until when in ms, and 1 for refused.
 */
export const RATE_LIMIT_SCRIPT = `
local cost = tonumber(ARGV[1])
local quotas = {}
for i, key in ipairs(KEYS) do
  local max = tonumber(ARGV[2 * i])
  local windowMs = tonumber(ARGV[2 * i + 1])
  local leftMs = redis.call('PTTL', key)
  local count = nil
  if leftMs > 0 and leftMs <= windowMs then
    local value = redis.pcall('GET', key)
    if type(value) == 'string' and #value <= 15 and string.match(value, '^%d+$') then count = tonumber(value) end
  end
  local isNew = count == nil
  if isNew then
    count = 0
    leftMs = windowMs
  end
  local refused = count >= max
  if cost > 0 and not refused then
    count = count + cost
    if isNew then
      redis.call('SET', key, count, 'PX', windowMs)
    else
      redis.call('SET', key, count, 'KEEPTTL')
    end
  end
  quotas[i] = { math.max(0, max - count), leftMs, refused and 1 or 0 }
  if refused then break end
end
return quotas
`;
