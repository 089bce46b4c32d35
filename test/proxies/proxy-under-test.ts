import { afterAll, beforeAll, beforeEach, describe, expect } from "vitest";
import type { ProxyName } from "@/examples/protected-api/recipe";
import { RecordingApi } from "./recording-api";
import { findProxy, type RunningProxy, startProxy } from "./start-proxy";
import { identityOf, StubGate } from "./stub-gate";

/** Where a proxy cannot do what the others do; its page says the same. */
export interface Differences {
  /** Writes the body of a refusal itself. */
  ownBodies?: boolean;
  /** Wants to know how long a body is before it comes. */
  knownLengthOnly?: boolean;
}

export interface ProxyUnderTest {
  gate: StubGate;
  api: RecordingApi;
  port: number;
  differs: Differences;
  /** Every request at the API has the whole identity that the gate gave to alice, and no other word of that kind. */
  expectIdentity(): void;
}

export const ALICE = "Authorization: Bearer alice";

/** Starts a proxy with its recipe between a gate and an API that do as they are told, for all tests that `guarantees` makes. */
export async function describeProxy(
  name: ProxyName,
  differs: Differences,
  guarantees: (t: ProxyUnderTest) => void,
): Promise<void> {
  const tool = await findProxy(name);

  describe.skipIf(tool === null)(name, () => {
    const underTest = { differs, port: 0, expectIdentity } as ProxyUnderTest;
    let proxy: RunningProxy;

    beforeAll(async () => {
      if (!tool) return;
      const [gate, api] = await Promise.all([StubGate.start(), RecordingApi.start()]);
      proxy = await startProxy(name, tool, { gate: gate.port, api: api.port });
      Object.assign(underTest, { gate, api, port: proxy.port });
    });
    afterAll(async () => {
      await proxy?.stop();
      await Promise.all([underTest.gate?.refuseConnections(), underTest.api?.refuseConnections()]);
    });
    beforeEach(async () => {
      await Promise.all([underTest.gate.reset(), underTest.api.reset()]);
    });

    function expectIdentity(): void {
      const given = Object.entries(identityOf("Bearer alice")).map(([line, value]) => [line.toLowerCase(), value]);
      for (const arrival of underTest.api.arrivals) {
        expect(arrival.headers.filter(([line]) => /latchkey/i.test(line)).sort()).toEqual(given.sort());
        expect(arrival.trailers).toEqual([]);
        // Whoever is behind the proxy must not be asked to drop any of it.
        expect(arrival.headers.filter(([line]) => line === "connection").join()).not.toMatch(/latchkey/i);
        expect(JSON.stringify(arrival)).not.toContain("evil");
      }
    }

    guarantees(underTest);
  });
}
