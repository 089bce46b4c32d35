import { openGround } from "./ground";
import { miss } from "./parts/miss";
import { peer } from "./parts/peer";

const ground = await openGround();
try {
  for (const p of [peer]) {
    const r = await p(ground);
    console.log(r.details);
    console.log(r.findings);
  }
} finally {
  await ground.close();
}
process.exit(0);
