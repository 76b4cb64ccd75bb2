import { spawnSync } from 'node:child_process';
import { onPath } from '../lib/paths.mjs';

const NAMES = ['python3', 'python3.13', 'python3.12', 'python3.11'];
const ASK = `import sys, json, importlib.util
print(json.dumps([sys.executable, sys.implementation.name, list(sys.version_info[:2]), bool(importlib.util.find_spec('pip'))]))`;

function ask({ path, env }) {
  const { status, stdout } = spawnSync(path, ['-c', ASK], { env, encoding: 'utf8', timeout: 10_000 });
  if (status !== 0) return undefined;
  const [executable, implementation, [major, minor], hasPip] = JSON.parse(stdout);
  return { executable, tag: `cp${major}${minor}`, version: `${major}.${minor}`, implementation, hasPip };
}

function whyNot({ python, tags }) {
  if (tags && (python.implementation !== 'cpython' || !tags.includes(python.tag))) {
    return `Python ${python.version} has no wheel of it (CPython ${tags.map((tag) => tag.replace('cp3', '3.')).join(', ')} have)`;
  }
  return python.hasPip ? undefined : `Python ${python.version} has no pip`;
}

/**
 * A Python that can install wheels. `tags` names the CPython versions that will do ("cp311"); without it any will.
 * Answers { python } or { missing }.
 */
export function findPython({ env, tags }) {
  let missing = 'no python3 on the PATH';
  for (const [at, name] of NAMES.entries()) {
    const path = onPath({ name, env });
    const python = path && ask({ path, env });
    if (!python) continue;
    const reason = whyNot({ python, tags });
    if (!reason) return { python };
    if (at === 0) missing = reason;
  }
  return { missing };
}
