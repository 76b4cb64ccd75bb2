/** Runs work in lanes: at most so many at once per lane, and no lane waits for another. */
export interface Lanes {
  run(lane: string, work: () => Promise<void>): Promise<void>;
}

interface Lane {
  running: number;
  readonly queue: (() => void)[];
}

export function createLanes({ width }: { width: number }): Lanes {
  const lanes = new Map<string, Lane>();
  const laneOf = (name: string): Lane => {
    const lane = lanes.get(name) ?? { running: 0, queue: [] };
    lanes.set(name, lane);
    return lane;
  };

  return {
    async run(name, work) {
      const lane = laneOf(name);
      if (lane.running >= width) await new Promise<void>((enter) => lane.queue.push(enter));
      else lane.running += 1;
      try {
        await work();
      } finally {
        const next = lane.queue.shift();
        if (next === undefined) lane.running -= 1;
        else next();
      }
    },
  };
}
