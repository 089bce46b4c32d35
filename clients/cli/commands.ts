import type { Command } from "./command";
import { completionCommands } from "./commands/completion";
import { loginCommands } from "./commands/login";
import { organizationCommands } from "./commands/organization";
import { profileCommands } from "./commands/profiles";
import { tokenCommands } from "./commands/tokens";
import { changingTokenCommands } from "./commands/tokens-changed";
import { verifyCommands } from "./commands/verify";

/** Every command there is, in the order in which a newcomer needs them. */
export const COMMANDS: readonly Command[] = [
  ...loginCommands,
  ...tokenCommands,
  ...changingTokenCommands,
  ...verifyCommands,
  ...organizationCommands,
  ...profileCommands,
  ...completionCommands(() => COMMANDS),
];
