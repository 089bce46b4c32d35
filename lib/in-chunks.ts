/** Whether a run may begin another chunk. */
export type GoesOn = () => boolean;

/** Has `remove` take away `size` rows at a time while it finds as many, and says how many they were. */
export async function inChunks(
  size: number,
  remove: (size: number) => Promise<readonly unknown[]>,
  goesOn: GoesOn = () => true,
): Promise<number> {
  let removed = 0;
  let last = size;
  for (let first = true; last === size && (first || goesOn()); first = false) {
    last = (await remove(size)).length;
    removed += last;
  }
  return removed;
}
