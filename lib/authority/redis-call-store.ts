import type { CallStore } from "./call-store";

/** One key for each minute, all in one slot of a cluster: a hash of totals by subject. */
const KEY = "{latchkey}:calls";
const KEPT_SECONDS = 180;

/** Needs nothing that Redis 5 and Valkey 7 do not have; the minute is by the server's clock. */
const EXCHANGE = `
local seconds = tonumber(redis.call('TIME')[1])
local minute = math.floor(seconds / 60)
local this = KEYS[1] .. ':' .. string.format('%d', minute)
local last = KEYS[1] .. ':' .. string.format('%d', minute - 1)
local totals = {seconds}
for place = 1, #ARGV, 2 do
  local calls = tonumber(ARGV[place + 1])
  local id = ARGV[place]
  local total = calls > 0 and redis.call('HINCRBY', this, id, calls) or tonumber(redis.call('HGET', this, id) or 0)
  totals[#totals + 1] = total
  totals[#totals + 1] = tonumber(redis.call('HGET', last, id) or 0)
end
redis.call('EXPIRE', this, ${KEPT_SECONDS})
return totals`;

// Whoever loses it makes another; what is told late would be counted in the wrong minute.
const newClient = ({ createClient }: typeof import("redis"), url: string) =>
  createClient({
    url,
    RESP: 2,
    name: "latchkey",
    disableOfflineQueue: true,
    socket: { connectTimeout: 2000, reconnectStrategy: false },
  });

/** Redis or Valkey at `url`. Its client is loaded with the first exchange. */
export function redisCallStore(url: string): CallStore {
  let client: ReturnType<typeof newClient> | null = null;

  async function connect() {
    const made = newClient(await import("redis"), url);
    // What fails also rejects; an event without a listener would end the process.
    made.on("error", () => {});
    client = made;
    await made.connect();
    return made;
  }

  function disconnect() {
    const lost = client;
    client = null;
    if (lost?.isOpen) lost.destroy();
  }

  return {
    async exchange(told) {
      // The server may have ended it since.
      if (client && !client.isReady) disconnect();
      const connected = client ?? (await connect());
      const args = told.flatMap(({ id, calls }) => [id, String(calls)]);
      const [seconds = 0, ...totals] = (await connected.eval(EXCHANGE, { keys: [KEY], arguments: args })) as number[];
      return {
        at: seconds * 1000,
        calls: told.map((_, place) => [totals[2 * place] ?? 0, totals[2 * place + 1] ?? 0] as const),
      };
    },
    disconnect,
  };
}
