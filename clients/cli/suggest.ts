/** The known words that somebody may have meant, nearest first; none where nothing is near. */
export function suggest(typed: string, known: readonly string[]): string[] {
  const most = typed.length <= 3 ? 1 : 2;
  return known
    .map((word) => ({ word, far: word.startsWith(typed) && typed.length > 1 ? 0 : distance(typed, word) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ word }) => word);
}

/** How many letters have to be put in, taken out, replaced, or changed with their neighbour. */
function distance(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, at) => [at]);
  const cell = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let column = 1; column <= b.length; column++) rows[0]?.push(column);
  for (let row = 1; row <= a.length; row++)
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min(cell(row - 1, column) + 1, cell(row, column - 1) + 1, cell(row - 1, column - 1) + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, cell(row - 2, column - 2) + 1);
      rows[row]?.push(least);
    }
  return cell(a.length, b.length);
}
