/** Work of one kind, done for many callers at once. */
export interface BatchWork<Item, Answer> {
  readonly most: number;
  /** Items of different lanes know nothing of one another. */
  laneOf(item: Item): string;
  /** Two items of the same name never share a batch. */
  nameOf(item: Item): string;
  /** Answers items of one lane, in their order. A rejection is everybody's. */
  run(items: readonly [Item, ...Item[]]): Promise<readonly Answer[]>;
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  resolve(answer: Answer): void;
  reject(reason: unknown): void;
}

/** One batch per lane at a time: whoever comes while it runs waits for the next one, together with everybody else who came. */
export function createBatches<Item, Answer>(work: BatchWork<Item, Answer>) {
  const lanes = new Map<string, Waiting<Item, Answer>[]>();
  const drain = async (lane: string, queue: Waiting<Item, Answer>[]): Promise<void> => {
    while (queue.length > 0) await runBatch(work, takeBatch(work, queue));
    lanes.delete(lane);
  };
  return (item: Item): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const lane = work.laneOf(item);
      const waiting = { item, resolve, reject };
      const queue = lanes.get(lane);
      if (queue) return void queue.push(waiting);
      const started = [waiting];
      lanes.set(lane, started);
      return void drain(lane, started);
    });
}

async function runBatch<Item, Answer>(
  { run }: BatchWork<Item, Answer>,
  batch: readonly Waiting<Item, Answer>[],
): Promise<void> {
  const [first, ...others] = batch.map(({ item }) => item);
  if (first === undefined) return;
  try {
    const answers = await run([first, ...others]);
    for (const [index, waiting] of batch.entries()) answer(waiting, answers[index]);
  } catch (thrown) {
    for (const { reject } of batch) reject(thrown);
  }
}

function answer<Item, Answer>({ resolve, reject }: Waiting<Item, Answer>, given: Answer | undefined): void {
  if (given === undefined) reject(new RangeError('a batch answered fewer items than it was given'));
  else resolve(given);
}

/** Takes the first items off the queue; one whose name is taken already waits for the next batch. */
function takeBatch<Item, Answer>(
  { most, nameOf }: BatchWork<Item, Answer>,
  queue: Waiting<Item, Answer>[],
): Waiting<Item, Answer>[] {
  const names = new Set<string>();
  const batch = queue.filter(({ item }) => {
    if (names.size >= most || names.has(nameOf(item))) return false;
    names.add(nameOf(item));
    return true;
  });
  const left = queue.filter((waiting) => !batch.includes(waiting));
  queue.splice(0, queue.length, ...left);
  return batch;
}
