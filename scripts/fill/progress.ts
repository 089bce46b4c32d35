import { Presets, SingleBar } from "cli-progress";

export interface Progress {
  show(done: number): void;
  end(): void;
}

/** A bar on a terminal; elsewhere a line at each tenth. */
export function startProgress(total: number, first: number): Progress {
  if (process.stderr.isTTY) {
    const bar = new SingleBar(
      {
        format: "{bar} {percentage}% | {value} of {total} tokens | {duration_formatted}, {eta_formatted} to go",
        etaBuffer: 20,
      },
      Presets.shades_classic,
    );
    bar.start(total, first);
    return { show: (done) => bar.update(done), end: () => bar.stop() };
  }
  let tenth = Math.floor((first / total) * 10);
  return {
    show(done) {
      const reached = Math.floor((done / total) * 10);
      if (reached > tenth) console.log(`${reached * 10}%: ${done} of ${total} tokens`);
      tenth = Math.max(tenth, reached);
    },
    end() {},
  };
}
