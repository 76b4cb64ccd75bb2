#!/usr/bin/env node
import { isDomainError } from '@payonce/engine/domain';
import { CommanderError } from 'commander';
import { readConfig } from './config.js';
import type { CliConfig } from './config.js';
import { environmentOrLocal } from './dev/local-stack.js';
import { Explained, wordsOf } from './explained.js';
import { createProgram } from './program.js';

const FAILED = 2;

try {
  await createProgram({ config, environment: process.env }).parseAsync();
} catch (thrown) {
  // Not left to end by itself: what was given up may still wait for something.
  process.exit(report(thrown));
}

/** A configuration of plugins reads its secrets from the environment: those of the stack on this machine must be there, too. */
function config(): CliConfig {
  const environment = environmentOrLocal(process.env);
  Object.assign(process.env, environment);
  return readConfig(environment);
}

/** Says what went wrong, and answers the exit code. */
function report(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : FAILED;
  const isExpected = thrown instanceof Explained || isDomainError(thrown);
  const words = isExpected || !(thrown instanceof Error) ? wordsOf(thrown) : (thrown.stack ?? thrown.message);
  console.error(`payonce: ${words}`);
  return thrown instanceof Explained ? thrown.exitCode : FAILED;
}
