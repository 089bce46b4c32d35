// Load from a process of its own: asks one address over many connections until it is told to stop.
import { load } from "../socket-load";

const { url, credentials, status } = JSON.parse(process.env.BENCH_LOAD ?? "") as {
  url: string;
  credentials: string[];
  status: number;
};
let answers = 0;
process.on("SIGTERM", () => process.exit(answers > 0 ? 0 : 1));
process.on("disconnect", () => process.exit(1));
process.send?.("ready");
for (;;) {
  answers += (await load({ url, seconds: 1, credentials, status })).answers;
  process.send?.(answers);
}
