import type { ProblemCode } from "../problem";
import { CONSOLE_TEXTS } from "./console-texts";
import { CREATING_TEXTS } from "./creating-texts";
import { CREDENTIAL_TEXTS } from "./credential-texts";
import { LOGIN_TEXTS } from "./login-texts";
import { PEOPLE_TEXTS } from "./people-texts";
import type { ProblemText } from "./problem-text";
import { REQUEST_TEXTS } from "./request-texts";
import { ROLE_TEXTS } from "./role-texts";
import { ROTATING_TEXTS } from "./rotating-texts";
import { SERVER_TEXTS } from "./server-texts";

/** What stands at each problem's `type`. A code without its text does not compile. */
export const PROBLEM_TEXTS: Record<ProblemCode, ProblemText> = {
  ...REQUEST_TEXTS,
  ...CREDENTIAL_TEXTS,
  ...CREATING_TEXTS,
  ...ROTATING_TEXTS,
  ...PEOPLE_TEXTS,
  ...ROLE_TEXTS,
  ...LOGIN_TEXTS,
  ...CONSOLE_TEXTS,
  ...SERVER_TEXTS,
};
