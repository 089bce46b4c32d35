/** Something that the person at the terminal can put right. Its message is one sentence, shown without a stack. */
export class StartProblem extends Error {
  override name = "StartProblem";
}

/** The code of a system error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
