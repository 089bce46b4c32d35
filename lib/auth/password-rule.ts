export const PASSWORD_SHORTEST = 12;
export const PASSWORD_LONGEST = 256;

/** What is wrong with a new password, in a sentence; null where nothing is. `about` are words that are easy to guess. */
export function passwordProblem(password: string, about: readonly string[] = []): string | null {
  const length = [...password].length;
  if (length === 0) return "Choose a password.";
  if (length < PASSWORD_SHORTEST) return `Use at least ${PASSWORD_SHORTEST} characters. A few words make a good one.`;
  if (length > PASSWORD_LONGEST) return `Use at most ${PASSWORD_LONGEST} characters.`;
  if (/\p{Surrogate}/u.test(password)) return "This holds a broken character.";
  if (new Set(password.toLowerCase()).size < 5) return "Use more different characters.";
  const folded = password.toLowerCase();
  const known = [...about, "password", "latchkey"].map((word) => word.toLowerCase()).filter((word) => word.length >= 4);
  // What is left once the guessable part is taken out has to stand on its own.
  const rest = known.reduce((left, word) => left.replaceAll(word, ""), folded);
  if (rest.length < 6) return "That is easy to guess: it is little more than a name, an address or a common word.";
  return null;
}
