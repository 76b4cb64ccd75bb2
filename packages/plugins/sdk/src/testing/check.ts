/** One promise of the contract, as something to try. */
export interface Check {
  /** What holds when it passes, as a sentence. */
  readonly name: string;
  /** Resolves when the promise is kept, or when the plugin declares that it does not make it; rejects with what is wrong. */
  run(): Promise<NotSupported | undefined>;
}

/** The plugin declares that it does not do this. */
export interface NotSupported {
  /** What declares it: a capability, an optional verb that is not there. */
  readonly declared: string;
}

/** How a check ended. */
export type CheckResult =
  | { readonly check: string; readonly status: 'passed' }
  | { readonly check: string; readonly status: 'not_supported'; readonly declared: string }
  | { readonly check: string; readonly status: 'failed'; readonly problem: string };

/** Runs one check and answers how it ended. Never rejects. */
export async function resultOf(check: Check): Promise<CheckResult> {
  try {
    const notSupported = await check.run();
    return notSupported
      ? { check: check.name, status: 'not_supported', declared: notSupported.declared }
      : { check: check.name, status: 'passed' };
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    return { check: check.name, status: 'failed', problem };
  }
}

/** A check as the kit writes it down: what it needs comes in when it runs. */
export interface CheckFor<Stage> {
  readonly name: string;
  run(stage: Stage): Promise<NotSupported | void>;
}

/** Gives checks what they need, and ends after each whatever it left behind. */
export const staged = <Stage>({
  checks,
  stage,
  cleanUp,
}: {
  readonly checks: readonly CheckFor<Stage>[];
  readonly stage: Stage;
  readonly cleanUp?: (() => void | Promise<void>) | undefined;
}): readonly Check[] =>
  checks.map(({ name, run }) => ({
    name,
    async run() {
      try {
        return (await run(stage)) ?? undefined;
      } finally {
        await cleanUp?.();
      }
    },
  }));
