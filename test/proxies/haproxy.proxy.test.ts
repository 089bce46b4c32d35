import { describe, expect, it } from "vitest";
import { proxyGuarantees } from "./guarantees";
import { send } from "./raw-client";
import { RecordingApi } from "./recording-api";
import { findProxy, startProxy } from "./start-proxy";
import { StubGate } from "./stub-gate";

await proxyGuarantees("haproxy", { knownLengthOnly: true });

const tool = await findProxy("haproxy");

describe.skipIf(tool === null)("haproxy's script", () => {
  it("lets nobody in by failing", async () => {
    if (!tool) return;
    const [gate, api] = await Promise.all([StubGate.start(), RecordingApi.start()]);
    const edit = (text: string) => text.replace("local sent = txn.http:req_get_headers()", 'error("broken")');
    const proxy = await startProxy("haproxy", tool, { gate: gate.port, api: api.port, edit });
    try {
      const answer = await send(proxy.port, "GET /events HTTP/1.1", ["Authorization: Bearer alice"]);
      expect(answer.status).toBe(503);
      expect(gate.asked).toEqual([]);
      expect(api.arrivals).toEqual([]);
    } finally {
      await proxy.stop();
      await Promise.all([gate.refuseConnections(), api.refuseConnections()]);
    }
  });
});
