// What every server process of the console does from its start on, without its pages.
import { startServing } from "@/lib/auth/start-serving";

startServing();
// As Next does once its last answer is out. It also keeps the process alive.
process.once("SIGTERM", () => {
  console.log("it is told to end");
  process.exit(143);
});
setInterval(() => {}, 60_000);
console.log("it serves");
