import type { CheckFor } from './check.js';
import { ensure } from './ensure.js';
import { loadInto, tryLoad } from './recording-registry.js';
import { STORED } from './recorder.js';
import type { Trial } from './stage.js';

/** Provider ids are kept in records and addresses. */
const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** What every plugin promises before it is called. */
export const LOADING: readonly CheckFor<Trial>[] = [
  {
    name: 'registers one provider, under its id and with every verb',
    async run({ subject, kind, configured }) {
      const plugin = await configured();
      ensure(plugin.contractVersion === 1, `it is written for contract version ${plugin.contractVersion}, not 1`);
      const { ofKind } = await loadInto<{ readonly id: string }>({ plugin, kind });
      ensure(ofKind.length === 1, `it registers ${ofKind.length} providers of the kind ${kind.name}`);
      const [provider] = ofKind;
      ensure(provider?.id === subject.id, `its id is '${provider?.id}', not '${subject.id}'`);
      ensure(ID.test(subject.id), `its id is not like 'tax-table': small letters, digits and hyphens`);
      const missing = kind.verbs.filter((verb) => typeof Reflect.get(Object(provider), verb) !== 'function');
      ensure(missing.length === 0, `it has no ${missing.join(', ')}`);
    },
  },
  {
    name: 'refuses options that do not parse, and then registers nothing',
    async run({ subject, kind, recorder }) {
      ensure(subject.misconfigured.length > 0, 'name at least one configuration that must be refused (misconfigured)');
      for (const plugin of subject.misconfigured) {
        const { thrown, ofKind, others } = await tryLoad({ plugin, kind });
        recorder.note('an error of load', thrown);
        ensure(thrown !== undefined, 'options that must be refused were taken');
        ensure(thrown instanceof Error, 'what it throws for refused options is no Error');
        ensure(ofKind.length + others.length === 0, 'it registered a provider although its options are refused');
      }
    },
  },
];

/** Everything was said before these look: they come last. */
export const leakChecks = <Some extends Trial>(provoke: (stage: Some) => Promise<void>): readonly CheckFor<Some>[] => [
  {
    name: 'keeps secrets out of its logs, errors and answers',
    async run(stage) {
      await provoke(stage);
      const leaks = stage.recorder.leaksOf(stage.subject.secrets).filter((leak) => !leak.includes(STORED));
      ensure(leaks.length === 0, leaks.join('; '));
    },
  },
  {
    name: 'keeps people out of its logs and errors',
    async run(stage) {
      await provoke(stage);
      const leaks = stage.recorder
        .leaksOf(PEOPLE)
        .filter((leak) => !leak.includes('in an answer') && !leak.includes(STORED));
      ensure(leaks.length === 0, leaks.join('; '));
    },
  },
  {
    name: 'keeps secrets and people out of its store',
    async run(stage) {
      await provoke(stage);
      const hidden = [...stage.subject.secrets, ...PEOPLE];
      const leaks = stage.recorder.leaksOf(hidden).filter((leak) => leak.includes(STORED));
      ensure(leaks.length === 0, leaks.join('; '));
    },
  },
];

/** The buyer of every call that names one: nobody else is called that, so a trace is theirs. */
export const CUSTOMER = {
  id: 'cus_conformance',
  email: 'grace.of.the.kit@people.example',
  name: 'Grace Kitsdottir',
} as const;

/** A tax id that only the kit uses. */
export const TAX_ID = 'XKIT8675309KIT';

const PEOPLE: readonly string[] = [CUSTOMER.email, CUSTOMER.name, TAX_ID];
