import { Explained, say } from '../lib/say.mjs';

/**
 * Asks one candidate after another and says which one it was, and why not those before it. A candidate answers
 * { found, as } or { missing }, a reason that reads well after a semicolon. `advice` says what a person could install.
 */
export async function choose({ what, candidates, advice }) {
  const reasons = [];
  for (const candidate of candidates) {
    const answer = await candidate();
    if (answer.found) {
      say(`${what}: ${answer.as}${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}`);
      return answer.found;
    }
    if (answer.missing) reasons.push(answer.missing);
  }
  throw new Explained(`${what} is missing:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}\n${advice}`);
}

/** An environment variable that names a server which runs already. */
export const fromEnvironment = (env, name) => async () =>
  env[name] ? { found: { running: env[name] }, as: `${env[name]} from ${name}` } : { missing: `${name} is not set` };
