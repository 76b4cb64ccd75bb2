import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

const { nothing } = proxyActivities({ startToCloseTimeout: '20 seconds' });

export const goSignal = defineSignal('go');

/** The least that a purchase could be: it hears that money came, then takes five steps that do nothing. */
export async function bare() {
  let gone = false;
  setHandler(goSignal, () => {
    gone = true;
  });
  await condition(() => gone);
  for (let step = 0; step < 5; step += 1) await nothing();
}
