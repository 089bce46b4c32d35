import { openGround } from "./ground";
import { memory } from "./parts/memory";
import { revocation } from "./parts/revocation";

const ground = await openGround();
try {
  for (const p of [revocation, memory]) {
    const r = await p(ground);
    console.log(r.details);
    console.log(r.findings);
  }
} finally {
  await ground.close();
}
process.exit(0);
