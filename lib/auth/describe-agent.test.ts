import { expect, test } from "vitest";
import { describeAgent } from "./describe-agent";

const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [`${MAC} Chrome/140.0.0.0 Safari/537.36`, "Chrome on macOS", "desktop"],
  [`${MAC} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, "Edge on macOS", "desktop"],
  [`${MAC} Version/19.0 Safari/605.1.15`, "Safari on macOS", "desktop"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox on Linux", "desktop"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
    "phone",
  ],
  [
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
    "Chrome on Android",
    "phone",
  ],
  ["curl/8.11.0", "curl", "program"],
  ["meridian-lineage-exporter-for-the-nightly-run/1.0", "meridian-lineage-exporter-for-the-night…", "program"],
  ["<script>", "Unknown device", "program"],
  ["", "Unknown device", "program"],
  [null, "Unknown device", "program"],
])("describes %s as %s", (agent, device, kind) => {
  expect(describeAgent(agent)).toEqual({ device, kind });
});
