import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../packages/cli/src/dev/ports.js';
import { environmentOf, readComposeFile, variables } from './deploy/compose-file.js';
import { canBeNobody, deploy, run } from './deploy/deployed.js';
import type { Ended, Running } from './deploy/deployed.js';
import { testDatabase } from './setup/mongodb.js';
import { testTemporalAddress } from './setup/temporal.js';
import { build } from './system/program.js';

const OURS = ['api', 'worker', 'sandbox', 'setup', 'cli'];
const PROGRAMS = ['sandbox', 'api', 'worker', 'cli'] as const;
const secret = (bytes: number): string => randomBytes(bytes).toString('hex');

/** What an operator writes into .env. */
const values = {
  MONGODB_PASSWORD: secret(24),
  MONGODB_ROOT_PASSWORD: secret(24),
  MONGODB_REPLICA_KEY: secret(32),
  TEMPORAL_POSTGRES_PASSWORD: secret(24),
  PAYONCE_SECRET: secret(32),
  PUBLIC_URL: 'https://pay.example',
  SANDBOX_PUBLIC_URL: 'https://sandbox.example',
  SANDBOX_SECRET_KEY: secret(24),
  SANDBOX_WEBHOOK_SECRET: secret(32),
};

describe('the compose file', () => {
  const { services, networks, volumes } = readComposeFile();

  it('asks for every secret and has a default for none', () => {
    const secrets = variables().filter(({ name }) => /SECRET|PASSWORD|KEY/.test(name) && !name.startsWith('OPERATOR_'));
    expect(secrets.length).toBeGreaterThan(10);
    expect(secrets.filter(({ fallback }) => fallback !== undefined)).toEqual([]);
    expect(
      [
        ...new Set(
          variables()
            .filter(({ fallback }) => fallback === undefined)
            .map(({ name }) => name),
        ),
      ].toSorted(),
    ).toEqual(Object.keys(values).toSorted());
  });

  it('refuses to go on without one of them, by its name', () => {
    for (const name of ['PAYONCE_SECRET', 'MONGODB_PASSWORD', 'SANDBOX_SECRET_KEY', 'PUBLIC_URL'])
      expect(() => environmentOf('api', { ...values, [name]: '' })).toThrow(`required variable ${name} is missing`);
  });

  it('publishes on this machine alone, and keeps what holds records off the outside network', () => {
    expect(
      Object.values(services)
        .flatMap(({ ports }) => ports)
        .every((port) => port.startsWith('127.0.0.1:')),
    ).toBe(true);
    expect(networks['records']?.internal).toBe(true);
    for (const name of ['mongodb', 'postgresql', 'temporal']) expect(services[name]?.networks).toEqual(['records']);
  });

  it.each(OURS)('gives %s nothing that it does not need', (name) => {
    expect(services[name]).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it('waits for services that exist, each by a condition that it can come to', () => {
    const canCome = (name: string, condition: string): boolean =>
      condition === 'service_healthy'
        ? services[name]?.healthcheck !== undefined
        : services[name]?.restart === 'on-failure:10';
    const waits = Object.values(services).flatMap(({ depends_on: awaited }) => Object.entries(awaited));
    expect(waits.length).toBeGreaterThan(10);
    expect(waits.filter(([name, { condition }]) => !canCome(name, condition))).toEqual([]);
  });

  it('mounts volumes and folders that exist', async () => {
    const sources = Object.values(services).flatMap((each) => each.volumes.map((mount) => mount.split(':')[0] ?? ''));
    const [folders, named] = [
      sources.filter((source) => source.startsWith('.')),
      sources.filter((source) => !source.startsWith('.')),
    ];
    expect(named.toSorted()).toEqual(Object.keys(volumes).toSorted());
    for (const folder of folders) expect((await readdir(folder)).length).toBeGreaterThan(0);
  });

  it('builds targets that the Dockerfile has', async () => {
    const dockerfile = await readFile('Dockerfile', 'utf8');
    for (const name of OURS) {
      const target = services[name]?.build?.target ?? 'cli';
      expect(dockerfile).toContain(`FROM base AS ${target}\n`);
      expect(services[name]?.image).toBe(`payonce-${target}:\${PAYONCE_VERSION:-local}`);
    }
  });
});

describe('what the images hold', () => {
  let folder: string;
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let asNobody: boolean;
  const running: Running[] = [];
  const home = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payonce-deploy-'));
    await chmod(folder, 0o755);
    database = await testDatabase('deploy');
    asNobody = await canBeNobody();
    await build();
    await Promise.all(PROGRAMS.map((name) => deploy({ name, folder: home(name) })));
    await mkdir(home('files'));
    await chmod(home('files'), 0o777);
  }, 300_000);

  afterAll(async () => {
    await Promise.all(running.map((program) => program.stop()));
    await database.client.db(`${database.name}_sandbox`).dropDatabase();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The compose file's own environment, with this machine's addresses for those of the containers. */
  const environment = (service: string, here: Readonly<Record<string, string>> = {}) => ({
    ...environmentOf(service, values),
    MONGODB_URI: database.uri,
    ...(service === 'sandbox' ? { SANDBOX_DATABASE: `${database.name}_sandbox` } : { MONGODB_DATABASE: database.name }),
    TEMPORAL_ADDRESS: testTemporalAddress(),
    ...here,
  });

  const refused = async (program: string, service: string, change: Readonly<Record<string, string>>): Promise<Ended> =>
    run({
      folder: home(program),
      args: program === 'cli' ? ['setup'] : [],
      env: { ...environment(service), ...change },
      asNobody,
    }).ended;

  it('is what the lockfile names, for this platform alone', async () => {
    const lockfile = await readFile('pnpm-lock.yaml', 'utf8');
    for (const name of PROGRAMS) {
      const packages = (await readdir(home(`${name}/node_modules/.pnpm`))).filter((entry) =>
        /^(?!@payonce\+).*.@\d/.test(entry),
      );
      expect(packages.length).toBeGreaterThan(50);
      const unlocked = packages.filter((entry) => !lockfile.includes(`  ${quoted(locked(entry))}:\n`));
      expect(unlocked).toEqual([]);
    }
    const bridge = (await readdir(home('worker/node_modules/.pnpm'))).find((entry) =>
      entry.startsWith('@temporalio+core-bridge@'),
    );
    expect(
      await readdir(home(`worker/node_modules/.pnpm/${bridge}/node_modules/@temporalio/core-bridge/releases`)),
    ).toHaveLength(1);
  });

  it.each(['api', 'worker', 'cli'])('lets a configuration in %s name every shipped plugin', async (name) => {
    const shipped = (await readdir('packages/plugins', { withFileTypes: true }))
      .filter((entry) => entry.isDirectory() && entry.name !== 'sdk' && entry.name !== 'bundled')
      .map((entry) => entry.name);
    const modules = home(`${name}/node_modules/@payonce`);
    const built = await Promise.all(shipped.map((plugin) => readdir(join(modules, plugin, 'dist'))));
    expect(built.filter((files) => !files.includes('index.js'))).toEqual([]);
  });

  it('sets up, becomes ready with the environment of the compose file, and ends when it is told to', async () => {
    const ports = { api: await freePort(), worker: await freePort(), sandbox: await freePort() };
    const sandboxUrl = { SANDBOX_URL: `http://127.0.0.1:${ports.sandbox}` };
    const setup = await run({ folder: home('cli'), args: ['setup'], env: environment('setup'), asNobody }).ended;
    expect(setup).toMatchObject({ code: 0 });
    const here = {
      sandbox: { SANDBOX_PORT: `${ports.sandbox}` },
      worker: { ...sandboxUrl, WORKER_HEALTH_PORT: `${ports.worker}` },
      api: { ...sandboxUrl, API_PORT: `${ports.api}`, FILES_DIR: home('files') },
    };
    for (const name of ['sandbox', 'worker', 'api'] as const)
      running.push(run({ folder: home(name), env: environment(name, here[name]), asNobody }));
    for (const port of Object.values(ports)) expect(await untilReady(port, running)).toBe(200);
    const metrics = await fetch(`http://127.0.0.1:${ports.worker}/metrics`);
    expect(await metrics.text()).toContain('payonce_needs_attention{mode="live"} 0');
    const ends = await Promise.all(running.splice(0).map((program) => program.stop()));
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
  }, 90_000);

  it.each([
    ['api', 'api', 'PAYONCE_SECRET'],
    ['worker', 'worker', 'PAYONCE_SECRET'],
    ['cli', 'setup', 'PAYONCE_SECRET'],
    ['sandbox', 'sandbox', 'SANDBOX_SECRET_KEY'],
  ])('refuses to start %s without its secret, in one line', async (program, service, name) => {
    const { code, output } = await refused(program, service, { [name]: '' });
    expect(code).not.toBe(0);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain(name);
  });

  it.each([
    ['api', { PAYONCE_SECRET: '0'.repeat(64) }, 'PAYONCE_SECRET'],
    ['api', { PUBLIC_URL: 'http://pay.example' }, 'PUBLIC_URL'],
    ['worker', { PAYONCE_SECRET: '0'.repeat(64) }, 'PAYONCE_SECRET'],
    ['worker', { MONGODB_URI: '' }, 'MONGODB_URI'],
  ])('refuses to start %s with %j, in one line', async (program, change, name) => {
    const { code, output } = await refused(program, program, change);
    expect(code).not.toBe(0);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain(name);
  });
});

/** The folder of a package names its version, then after an underscore what it was paired with. */
const locked = (entry: string): string => entry.replace(/(@\d[^_]*)_.*$/, '$1').replace('+', '/');
const quoted = (name: string): string => (name.startsWith('@') ? `'${name}'` : name);

async function untilReady(port: number, running: readonly Running[]): Promise<number> {
  const early = Promise.race(running.map(({ ended }) => ended)).then(({ code, output }) => {
    throw new Error(`a program ended with ${code}:\n${output}`);
  });
  early.catch(() => undefined);
  const ready = async (): Promise<number> => {
    for (let tries = 0; ; tries += 1) {
      const status = await fetch(`http://127.0.0.1:${port}/ready`).then(
        ({ status: answer }) => answer,
        () => 0,
      );
      if (status === 200 || tries === 200) return status;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  return Promise.race([ready(), early]);
}
