/** How the command ends, for scripts. Documented in README.md; never renumbered. */
export const EXIT = {
  ok: 0,
  /** The API refused it, or what was verified is not valid. */
  refused: 1,
  /** It was not called as it has to be. */
  usage: 2,
  /** Nobody is signed in, or no longer. */
  notSignedIn: 3,
  notFound: 4,
  /** No answer, or one that says to come again later. */
  unavailable: 5,
  /** Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What ends a command early: a sentence for people, and how it ends. */
export class CommandEnd extends Error {
  override name = "CommandEnd";

  constructor(
    sentence: string,
    readonly exit: ExitCode,
    /** What to do about it, on lines of their own. */
    readonly hints: readonly string[] = [],
  ) {
    super(sentence);
  }
}

export const usage = (sentence: string, ...hints: string[]) => new CommandEnd(sentence, EXIT.usage, hints);
