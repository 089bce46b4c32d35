/** Passes on the first call, and then at most one a second; the rest are dropped. `now` is a clock in milliseconds. */
export function onceASecond<T>(
  tell: (about: T) => void,
  now: () => number = () => performance.now(),
): (about: T) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (about) => {
    if (now() - told < 1000) return;
    told = now();
    tell(about);
  };
}
